import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import { accountSchema, type AccountConfig } from "./account";
import { accountProblems, type AccountFile } from "./checks/across-accounts";
import { stageProblems, type StageFile } from "./checks/across-stages";
import { ConfigError, problemsOf, typeErrors, type Problem } from "./problems";
import { stageSchema, type StageConfig } from "./stage";

const configFolder = join(__dirname, "..", "config");

/** Folder of the account files, beside those of the environments. */
const accountsFolder = "accounts";

/**
 * Loads every stage file, `<environment>/<stage>/<region>-<stage>.ts` below `directory`, in the order of their paths.
 *
 * @throws ConfigError with all problems of all files
 */
export function loadStages(directory: string = configFolder): StageConfig[] {
  const paths = configFiles(directory, (folder) => folder !== accountsFolder);
  const loaded = paths.map((path) => loadStage(directory, path));
  const files = loaded.flatMap(({ file, stage }): StageFile[] => (stage === undefined ? [] : [{ file, stage }]));
  throwProblems([...loaded.flatMap(({ problems }) => problems), ...stageProblems(files)]);
  return files.map(({ stage }) => stage);
}

/**
 * Loads every account file, `accounts/<alias>/<region>.ts` below `directory`, in the order of their paths.
 *
 * @throws ConfigError with all problems of all files
 */
export function loadAccounts(stages: readonly StageConfig[], directory: string = configFolder): AccountConfig[] {
  const paths = configFiles(directory, (folder) => folder === accountsFolder);
  const loaded = paths.map((path) => loadAccount(directory, path));
  const files = loaded.flatMap(({ file, account }): AccountFile[] =>
    account === undefined ? [] : [{ file, account }],
  );
  throwProblems([...loaded.flatMap(({ problems }) => problems), ...accountProblems(files, stages)]);
  return files.map(({ account }) => account);
}

/** Validates the content of a stage file. The stage is undefined when it has problems. */
export function parseStage(file: string, input: unknown): { stage?: StageConfig; problems: Problem[] } {
  const { data, error } = stageSchema.safeParse(input, { reportInput: true, error: typeErrors });
  return { stage: data, problems: error === undefined ? [] : problemsOf(file, input, error) };
}

function loadStage(directory: string, path: string): { file: string; stage?: StageConfig; problems: Problem[] } {
  const { file, input, problems } = importDefault(directory, path, "defineStage");
  if (problems.length > 0) return { file, problems };
  const parsed = parseStage(file, input);
  return { file, stage: parsed.stage, problems: [...parsed.problems, ...stagePathProblems(file, input)] };
}

function stagePathProblems(file: string, input: unknown): Problem[] {
  const [, environment = "", stage = "", name = ""] = file.split("/");
  const region = name.replace(`-${stage}.ts`, "");
  if (`${region}-${stage}.ts` !== name) {
    const message = `must be the name of a stage file; name it <region>-${stage}.ts`;
    return [{ file, field: "file name", value: name, message }];
  }
  return pathProblems(file, input, { environment, stage, region });
}

function loadAccount(directory: string, path: string): { file: string; account?: AccountConfig; problems: Problem[] } {
  const { file, input, problems } = importDefault(directory, path, "defineAccount");
  if (problems.length > 0) return { file, problems };
  const { data, error } = accountSchema.safeParse(input, { reportInput: true, error: typeErrors });
  const kind = { file: "an account file", schema: "schema/account.ts" };
  const schemaProblems = error === undefined ? [] : problemsOf(file, input, error, kind);
  const [, , alias = "", name = ""] = file.split("/");
  const region = name.replace(/\.ts$/, "");
  return { file, account: data, problems: [...schemaProblems, ...pathProblems(file, input, { alias, region })] };
}

/** Paths `<folder>/<subfolder>/<name>.ts` below `directory`, sorted, of the folders that `isIncluded` accepts. */
function configFiles(directory: string, isIncluded: (folder: string) => boolean): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && path.split(sep).length === 3 && isIncluded(path.split(sep)[0] ?? ""))
    .sort();
}

/** Default export of a file, with its path from the project's root. */
function importDefault(
  directory: string,
  path: string,
  define: string,
): { file: string; input: unknown; problems: Problem[] } {
  const file = ["config", ...path.split(sep)].join("/");
  const field = "default export";
  try {
    const input = defaultExport(createRequire(__filename)(join(directory, path)));
    const message = `is missing; write export default ${define}({ ... })`;
    return { file, input, problems: input === undefined ? [{ file, field, value: input, message }] : [] };
  } catch (error) {
    const value = error instanceof Error ? error.message : String(error);
    return { file, input: undefined, problems: [{ file, field, value, message: "cannot be loaded; fix the file" }] };
  }
}

function defaultExport(module: unknown): unknown {
  return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
}

/** Problems of fields that differ from the file's path. */
function pathProblems(file: string, input: unknown, path: Readonly<Record<string, string>>): Problem[] {
  return Object.entries(path).flatMap(([field, expected]) => {
    const value: unknown = typeof input === "object" && input !== null ? Reflect.get(input, field) : undefined;
    if (value === undefined || value === expected) return [];
    const message = `does not agree with the file's path; write "${expected}" or move the file`;
    return [{ file, field, value, message }];
  });
}

function throwProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ConfigError(problems);
}
