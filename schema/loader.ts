import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { z } from "zod";
import { accountSchema, serves, type AccountConfig } from "./account";
import { accountProblems } from "./checks/across-accounts";
import { stageProblems } from "./checks/across-stages";
import { sharedCallers } from "./checks/shared-callers";
import { configFiles, noAccountStack, type ConfigFile, type ConfigFiles } from "./config-files";
import { valueAt } from "./fields";
import { accountKind, problemsOf, stageKind, typeErrors, type FileKind } from "./issues";
import { loadOrProblem } from "./load-problem";
import { plainData } from "./plain-data";
import { ConfigError, InputError, type Problem } from "./problems";
import { accountId } from "./primitives";
import { unknownName, unknownStage } from "./similar";
import { stackName, stageSchema, type StageConfig } from "./stage";

const configFolder = join(__dirname, "..", "config");

/** What of a configuration folder is loaded. */
export interface LoadOptions {
  /** Names of the stacks that are built. Problems count only when they concern one of them. @default - all stacks */
  readonly stacks?: readonly string[] | undefined;
}

/** The stages and accounts of a folder, without those of other stacks whose files have problems. */
export interface Configuration {
  readonly stages: readonly StageConfig[];
  readonly accounts: readonly AccountConfig[];
  /** Whether the stack of this name is built. */
  readonly isChosen: (stack: string) => boolean;
}

/** A stack is to be built that no file describes. */
export class UnknownStackError extends InputError {
  public override readonly name = "UnknownStackError";
}

/**
 * Loads all stage files, `<environment>/<stage>/<region>-<stage>.ts` below a folder, and all account files,
 * `accounts/<alias>/<region>.ts`, in the order of their paths.
 *
 * @param folder relative to the working directory. @default - `config/` of this project
 * @throws ConfigError with all problems of all files
 * @throws UnknownStackError
 */
export function loadConfiguration(folder: string = configFolder, options: LoadOptions = {}): Configuration {
  const files = configFiles(resolve(folder));
  refuseUnknown(options.stacks, [...files.stages, ...files.accounts], files, (stack, known) => {
    if (!stack.startsWith("account-")) return unknownName("stack", stack, known);
    if (files.accounts.length === 0) return noAccountStack(folder);
    return unknownName(
      "account stack",
      stack,
      files.accounts.map((each) => each.stack),
    );
  });
  return load(files, options);
}

/**
 * Loads all stage files below a folder, or only those of `stacks`, without looking at the account files.
 *
 * @throws ConfigError with all problems of all files
 * @throws UnknownStackError
 */
export function loadStages(folder: string = configFolder, options: LoadOptions = {}): StageConfig[] {
  const files = configFiles(resolve(folder));
  refuseUnknown(options.stacks, files.stages, files, unknownStage);
  const { stages, isChosen } = load({ ...files, accounts: [] }, options);
  return stages.filter((stage) => isChosen(stackName(stage)));
}

/**
 * Loads all account files below a folder.
 *
 * @param stages all stages of the folder
 * @throws ConfigError with all problems of all account files
 */
export function loadAccounts(stages: readonly StageConfig[], folder: string = configFolder): AccountConfig[] {
  const loaded = configFiles(resolve(folder)).accounts.map(loadAccount);
  const all = { isChosen: () => true, isComplete: loaded.every(({ problems }) => problems.length === 0) };
  throwProblems([...loaded.flatMap(({ problems }) => problems), ...accountProblems(valid(loaded), stages, all)]);
  return values(loaded);
}

/** Validates the content of a stage file. The stage is undefined when it has problems. */
export function parseStage(file: string, exported: unknown): { stage?: StageConfig; problems: readonly Problem[] } {
  const { content, problems } = parse<StageConfig>(file, exported, stageKind, stageSchema);
  return { stage: content, problems };
}

/** What a file exports, and what of it is valid. */
interface Parsed<Content> {
  /** The values of the file. */
  readonly input: unknown;
  /** The validated content; undefined when the file has problems. */
  readonly content?: Content | undefined;
  readonly problems: readonly Problem[];
}

function parse<Content>(file: string, exported: unknown, kind: FileKind, schema: z.ZodType<Content>): Parsed<Content> {
  const { value: input, problems } = plainData(file, exported);
  if (problems.length > 0) return { input, problems };
  const { data: content, error } = schema.safeParse(input, { reportInput: true, error: typeErrors });
  return { input, content, problems: error === undefined ? [] : problemsOf(file, input, error, kind) };
}

/** A file with its content. */
type Loaded<Content> = ConfigFile & Parsed<Content>;

/** Refuses names of stacks that no file describes. */
function refuseUnknown(
  stacks: readonly string[] = [],
  files: readonly ConfigFile[],
  { problems }: ConfigFiles,
  messageOf: (stack: string, known: readonly string[]) => string,
): void {
  const known = files.map(({ stack }) => stack);
  const unknown = stacks.filter((stack) => !known.includes(stack));
  if (unknown.length === 0) return;
  if (known.length === 0) throwProblems(problems);
  // A file with a wrong path may be the one that is meant.
  const reasons = problems.length === 0 ? [] : [new ConfigError(problems).message];
  const messages = unknown.map((stack) => messageOf(stack, known));
  throw new UnknownStackError([...messages, ...reasons].join("\n\n"));
}

function load(files: ConfigFiles, { stacks }: LoadOptions): Configuration {
  const isChosen = (stack: string) => stacks === undefined || stacks.includes(stack);
  const stages = files.stages.map(loadStage);
  const accounts = files.accounts.map(loadAccount);
  const built = values(accounts.filter(({ stack }) => isChosen(stack)));
  // The stack of an account contains the permissions to deploy its stages.
  const concerns = (stage: Loaded<StageConfig>) =>
    isChosen(stage.stack) || built.some((account) => mayServe(account, stage));
  const isComplete = [files, ...stages, ...accounts].every(({ problems }) => problems.length === 0);
  throwProblems([
    ...(stacks === undefined ? files.problems : []),
    ...stages.filter(concerns).flatMap(({ problems }) => problems),
    ...stageProblems(valid(stages), { isChosen, isComplete }),
    ...sharedCallers(valid(stages), { isChosen, isComplete }),
    ...accounts.filter(({ stack }) => isChosen(stack)).flatMap(({ problems }) => problems),
    ...accountProblems(valid(accounts), values(stages), { isChosen, isComplete }),
  ]);
  return { stages: values(stages), accounts: values(accounts), isChosen };
}

function loadStage(file: ConfigFile): Loaded<StageConfig> {
  const { content, ...loaded } = loadFile<StageConfig>(file, stageKind, stageSchema, "defineStage");
  return { ...loaded, content: content && { ...content, file: file.file } };
}

function loadAccount(file: ConfigFile): Loaded<AccountConfig> {
  return loadFile(file, accountKind, accountSchema, "defineAccount");
}

function loadFile<Content>(
  config: ConfigFile,
  kind: FileKind,
  schema: z.ZodType<Content>,
  define: string,
): Loaded<Content> {
  const { file, path } = config;
  const { result: exported, problem } = loadOrProblem(path, () => importDefault(path));
  if (problem !== undefined) return { ...config, input: undefined, problems: [problem] };
  if (exported === undefined) {
    const message = `is missing; write export default ${define}({ ... })`;
    return { ...config, input: undefined, problems: [{ file, field: "default export", message }] };
  }
  const { input, content, problems } = parse(file, exported, kind, schema);
  const valid = Object.entries(config.fields).filter(([field]) => problems.every((each) => each.field !== field));
  const disagreeing = valid.flatMap(([field, expected]): Problem[] => {
    const value = valueAt(input, [field]);
    if (value === undefined || value === expected) return [];
    const message = `does not agree with the file's path; write "${expected}" or move the file`;
    return [{ file, field, value, message }];
  });
  return {
    ...config,
    input,
    content: disagreeing.length === 0 ? content : undefined,
    problems: [...problems, ...disagreeing],
  };
}

/** The default export of a TypeScript file of a configuration folder; undefined when it has none. */
function importDefault(path: string): unknown {
  const module: unknown = createRequire(__filename)(path);
  return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
}

/** Whether an account's stack creates the roles of a stage, as far as a file with problems says. */
function mayServe(account: AccountConfig, { content, input, fields }: Loaded<StageConfig>): boolean {
  if (content !== undefined) return serves(account, content);
  const { region, regions = [region] } = account;
  const { data: other } = accountId.safeParse(valueAt(input, ["accountId"]));
  return regions.some((each) => each === fields.region) && (other === undefined || other === account.accountId);
}

function valid<Content>(files: readonly Loaded<Content>[]): { readonly file: string; readonly content: Content }[] {
  return files.flatMap(({ file, content }) => (content === undefined ? [] : [{ file, content }]));
}

function values<Content>(files: readonly Loaded<Content>[]): Content[] {
  return valid(files).map(({ content }) => content);
}

/** Throws problems, each once: several files may import the one that has it. */
function throwProblems(problems: readonly Problem[]): void {
  const distinct = [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
  if (distinct.length > 0) throw new ConfigError(distinct);
}
