import { accountProblems } from "../checks/accounts";
import { accountSchema, type AccountConfig } from "../account";
import { configFiles, configFolder, disagreements, exportOf } from "./files";
import { ConfigError, problemsOf, wrongKind, type Problem } from "../problems";
import type { StageConfig } from "../stage";

/** A validated account and the file that describes it. */
export interface AccountFile {
  readonly file: string;
  readonly account: AccountConfig;
}

/**
 * Loads every account file, `accounts/<account alias>/<region>.ts` below `directory`, in the order of their paths.
 *
 * @throws ConfigError that lists every problem of every file
 */
export function loadAccounts(stages: readonly StageConfig[], directory: string = configFolder): AccountConfig[] {
  const loaded = configFiles(directory, (folder) => folder === "accounts").map((path) => loadAccount(directory, path));
  const files = loaded.flatMap(({ file, account }) => (account === undefined ? [] : [{ file, account }]));
  const problems = [...loaded.flatMap((each) => each.problems), ...accountProblems(files, stages)];
  if (problems.length > 0) throw new ConfigError(problems);
  return files.map(({ account }) => account);
}

function loadAccount(
  directory: string,
  path: string,
): { file: string; account?: AccountConfig; problems: readonly Problem[] } {
  const { file, input, problems } = exportOf(directory, path, "defineAccount");
  if (problems.length > 0) return { file, problems };
  const { data, error } = accountSchema.safeParse(input, { reportInput: true, error: wrongKind });
  const what = { file: "an account file", schema: "schema/account.ts" };
  const found = error === undefined ? [] : problemsOf(file, input, error, what);
  const [, , alias = "", name = ""] = file.split("/");
  const misplaced = disagreements(file, input, { alias, region: name.replace(/\.ts$/, "") });
  return { file, account: data, problems: [...found, ...misplaced] };
}
