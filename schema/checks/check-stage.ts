import { problemsOf, wrongKind, type Problem } from "../problems";
import { stageSchema, type StageConfig } from "../stage";

/** Validates the content of a stage file: a stage with its defaults filled in, or all that is wrong with it. */
export function checkStage(file: string, input: unknown): { stage?: StageConfig; problems: Problem[] } {
  const { data, error } = stageSchema.safeParse(input, { reportInput: true, error: wrongKind });
  return { stage: data, problems: error === undefined ? [] : problemsOf(file, input, error) };
}
