import { bootstrapProblems } from "./bootstrap-checks";
import { bootstrapSchema, type BootstrapConfig } from "./bootstrap-config";
import { configFiles, disagreements, exportOf } from "./files";
import { ConfigError, problemsOf, wrongKind, type Problem } from "./problems";
import type { StageConfig } from "./stage-config";

/** A validated bootstrap and the file that describes it. */
export interface BootstrapFile {
  readonly file: string;
  readonly bootstrap: BootstrapConfig;
}

/**
 * Loads every bootstrap file, `bootstrap/<account alias>/<region>.ts` below `directory`, in the order of their paths.
 *
 * @throws ConfigError that lists every problem of every file
 */
export function loadBootstraps(stages: readonly StageConfig[], directory: string = __dirname): BootstrapConfig[] {
  const loaded = configFiles(directory, (folder) => folder === "bootstrap").map((path) =>
    loadBootstrap(directory, path),
  );
  const files = loaded.flatMap(({ file, bootstrap }) => (bootstrap === undefined ? [] : [{ file, bootstrap }]));
  const problems = [...loaded.flatMap((each) => each.problems), ...bootstrapProblems(files, stages)];
  if (problems.length > 0) throw new ConfigError(problems);
  return files.map(({ bootstrap }) => bootstrap);
}

function loadBootstrap(
  directory: string,
  path: string,
): { file: string; bootstrap?: BootstrapConfig; problems: readonly Problem[] } {
  const { file, input, problems } = exportOf(directory, path, "defineBootstrap");
  if (problems.length > 0) return { file, problems };
  const { data, error } = bootstrapSchema.safeParse(input, { reportInput: true, error: wrongKind });
  const what = { noun: "bootstrap", schema: "config/bootstrap-config.ts" };
  const found = error === undefined ? [] : problemsOf(file, input, error, what);
  const [, , alias = "", name = ""] = file.split("/");
  const misplaced = disagreements(file, input, { alias, region: name.replace(/\.ts$/, "") });
  return { file, bootstrap: data, problems: [...found, ...misplaced] };
}
