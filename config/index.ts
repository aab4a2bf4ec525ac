import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import { checkStage } from "./check-stage";
import { collisions } from "./collisions";
import { contentOf } from "./content";
import { ConfigError, type Problem } from "./problems";
import { sharedDomains } from "./shared-domains";
import type { StageConfig } from "./stage-config";

export { bootstrapName, serves, type BootstrapConfig, type Refs } from "./bootstrap-config";
export { loadBootstraps } from "./bootstraps";
export { ConfigError } from "./problems";
export {
  defineStage,
  stackName,
  webServices,
  type IngressConfig,
  type JobConfig,
  type ServiceConfig,
  type StageConfig,
  type StageInput,
  type WebConfig,
  type WorkerConfig,
} from "./stage-config";

/** A validated stage and the file that describes it. */
export interface StageFile {
  readonly file: string;
  readonly stage: StageConfig;
}

/**
 * Loads every stage file below `directory`, in the order of their paths.
 * @throws ConfigError that lists every problem of every file
 */
export function loadStages(directory: string = __dirname): StageConfig[] {
  const loaded = stageFiles(directory).map((path) => loadStage(directory, path));
  const stages = loaded.flatMap(({ file, stage }) => (stage === undefined ? [] : [{ file, stage }]));
  const problems = [...loaded.flatMap((each) => each.problems), ...collisions(stages), ...sharedDomains(stages)];
  if (problems.length > 0) throw new ConfigError(problems);
  return stages.map(({ stage }) => stage);
}

/** What lies two folders deep, and is no stage file. */
const otherFolders = ["schema", "bootstrap"];

/** Paths such as `dev/dev02/us-east-1-dev02.ts`: all others that lie two folders deep are stage files. */
function stageFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && path.split(sep).length === 3)
    .filter((path) => !otherFolders.some((folder) => path.startsWith(`${folder}${sep}`)))
    .sort();
}

function loadStage(directory: string, path: string): { file: string; stage?: StageConfig; problems: Problem[] } {
  const file = ["config", ...path.split(sep)].join("/");
  const whole = (value: unknown, message: string) => ({
    file,
    problems: [{ file, field: "default export", value, message }],
  });
  const input = contentOf(join(directory, path));
  if (input instanceof Error) return whole(input.message, "cannot be loaded; mend the file");
  if (input === undefined) return whole(undefined, "is missing; write export default defineStage({ ... })");
  const { stage, problems } = checkStage(file, input);
  return { file, stage, problems: [...problems, ...misplaced(file, input)] };
}

/** The path says what the content says, so that a person finds the file of a stack, and the stack of a file. */
function misplaced(file: string, input: unknown): Problem[] {
  const [, environment, stage = "", name = ""] = file.split("/");
  const region = name.replace(`-${stage}.ts`, "");
  if (`${region}-${stage}.ts` !== name) {
    const message = `is no name of a stage file; name it <region>-${stage}.ts`;
    return [{ file, field: "file name", value: name, message }];
  }
  return Object.entries({ environment, stage, region }).flatMap(([field, expected]) => {
    const value: unknown = typeof input === "object" && input !== null ? Reflect.get(input, field) : undefined;
    if (value === undefined || value === expected) return [];
    return [
      { file, field, value, message: `does not agree with the file's path; write "${expected}" or move the file` },
    ];
  });
}
