import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { bootstrapSchema, type BootstrapConfig } from "./bootstrap-config";
import { bootstrapProblems } from "./bootstrap-checks";
import { contentOf } from "./content";
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
  const loaded = bootstrapFiles(directory).map((path) => loadBootstrap(directory, path));
  const files = loaded.flatMap(({ file, bootstrap }) => (bootstrap === undefined ? [] : [{ file, bootstrap }]));
  const problems = [...loaded.flatMap((each) => each.problems), ...bootstrapProblems(files, stages)];
  if (problems.length > 0) throw new ConfigError(problems);
  return files.map(({ bootstrap }) => bootstrap);
}

function bootstrapFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => path.startsWith(`bootstrap${sep}`) && path.endsWith(".ts") && path.split(sep).length === 3)
    .sort();
}

function loadBootstrap(
  directory: string,
  path: string,
): Partial<BootstrapFile> & { file: string; problems: Problem[] } {
  const file = ["config", ...path.split(sep)].join("/");
  const input = contentOf(join(directory, path));
  const whole = (value: unknown, message: string) => [{ file, field: "default export", value, message }];
  if (input instanceof Error) return { file, problems: whole(input.message, "cannot be loaded; mend the file") };
  if (input === undefined)
    return { file, problems: whole(undefined, "is missing; write export default defineBootstrap({ ... })") };
  const { data, error } = bootstrapSchema.safeParse(input, { reportInput: true, error: wrongKind });
  const what = { noun: "bootstrap", schema: "config/bootstrap-config.ts" };
  const problems = error === undefined ? [] : problemsOf(file, input, error, what);
  return { file, bootstrap: data, problems: [...problems, ...misplaced(file, input)] };
}

/** The path says what the content says, so that a person finds the file of a stack, and the stack of a file. */
function misplaced(file: string, input: unknown): Problem[] {
  const [, , alias, name = ""] = file.split("/");
  return Object.entries({ alias, region: name.replace(/\.ts$/, "") }).flatMap(([field, expected]) => {
    const value: unknown = typeof input === "object" && input !== null ? Reflect.get(input, field) : undefined;
    if (value === undefined || value === expected) return [];
    const message = `does not agree with the file's path; write "${expected ?? ""}" or move the file`;
    return [{ file, field, value, message }];
  });
}
