import type { StageConfig } from "../../../schema";
import { firstStage, stageOfStack } from "../../lib/stacks";

/** The stage that the demo deploys, and why this one. */
export interface ChosenStage {
  readonly stage: StageConfig;
  /** One sentence. */
  readonly reason: string;
}

/**
 * Chooses the stage of a stack, or without a name the first whose deployment takes about a minute.
 *
 * @param folder configuration folder of the stages
 * @throws ToolError for an unknown stack, with the known ones, and when there is no stage
 */
export function chooseStage(stages: readonly StageConfig[], folder: string, stack?: string): ChosenStage {
  if (stack !== undefined) return { stage: stageOfStack(stages, stack), reason: "The stage of --stack." };
  const quick = stages.find(isQuick);
  if (quick !== undefined) {
    return { stage: quick, reason: "The first stage without Postgres and Redis; --stack <name> takes another." };
  }
  const first = firstStage(stages, folder);
  const stores = Object.keys(first.data).filter((name) => slowStores.has(name));
  const reason = `Every stage has Postgres or Redis, and this is the first: its ${stores.join(" and ")} takes some minutes.`;
  return { stage: first, reason };
}

/** Data services that take minutes to create and to delete, also on the emulated AWS: the provider waits between its requests. */
const slowStores: ReadonlySet<string> = new Set(["postgres", "redis"]);

function isQuick({ data }: StageConfig): boolean {
  return data.postgres === undefined && data.redis === undefined;
}
