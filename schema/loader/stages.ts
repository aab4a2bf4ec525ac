import { checkStage } from "../checks/check-stage";
import { collisions } from "../checks/collisions";
import { configFiles, configFolder, disagreements, exportOf } from "./files";
import { ConfigError, type Problem } from "../problems";
import { sharedDomains } from "../checks/shared-domains";
import type { StageConfig } from "../stage";

/** A validated stage and the file that describes it. */
export interface StageFile {
  readonly file: string;
  readonly stage: StageConfig;
}

/** Folders that lie beside those of the environments. */
const otherFolders = ["accounts"];

/**
 * Loads every stage file, `<environment>/<stage>/<region>-<stage>.ts` below `directory`, in the order of their paths.
 *
 * @throws ConfigError that lists every problem of every file
 */
export function loadStages(directory: string = configFolder): StageConfig[] {
  const loaded = configFiles(directory, (folder) => !otherFolders.includes(folder)).map((path) =>
    loadStage(directory, path),
  );
  const stages = loaded.flatMap(({ file, stage }) => (stage === undefined ? [] : [{ file, stage }]));
  const problems = [...loaded.flatMap((each) => each.problems), ...collisions(stages), ...sharedDomains(stages)];
  if (problems.length > 0) throw new ConfigError(problems);
  return stages.map(({ stage }) => stage);
}

function loadStage(
  directory: string,
  path: string,
): { file: string; stage?: StageConfig; problems: readonly Problem[] } {
  const { file, input, problems } = exportOf(directory, path, "defineStage");
  if (problems.length > 0) return { file, problems };
  const checked = checkStage(file, input);
  return { file, stage: checked.stage, problems: [...checked.problems, ...misplaced(file, input)] };
}

function misplaced(file: string, input: unknown): Problem[] {
  const [, environment = "", stage = "", name = ""] = file.split("/");
  const region = name.replace(`-${stage}.ts`, "");
  if (`${region}-${stage}.ts` !== name) {
    const message = `is no name of a stage file; name it <region>-${stage}.ts`;
    return [{ file, field: "file name", value: name, message }];
  }
  return disagreements(file, input, { environment, stage, region });
}
