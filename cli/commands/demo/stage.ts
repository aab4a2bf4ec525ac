import type { StageConfig } from "../../../schema";
import { stageOfStack } from "../../lib/stacks";
import { ToolError } from "../../lib/tool-error";

/** The stage that the demo deploys, and why this one. */
export interface ChosenStage {
  readonly stage: StageConfig;
  /** One sentence. */
  readonly reason: string;
}

/**
 * Chooses the stage of a stack, or without a name the first whose deployment takes about a minute.
 *
 * @throws ToolError for an unknown stack, with the known ones, and when there is no stage
 */
export function chooseStage(stages: readonly StageConfig[], stack?: string): ChosenStage {
  if (stack !== undefined) return { stage: stageOfStack(stages, stack), reason: "The stage of --stack." };
  const quick = stages.find(isQuick);
  if (quick !== undefined) {
    return { stage: quick, reason: "The first stage without Postgres and Redis; --stack <name> takes another." };
  }
  const [first] = stages;
  if (first === undefined) {
    throw new ToolError("there is no stage; add config/<environment>/<stage>/<region>-<stage>.ts, or run npm run init");
  }
  const stores = Object.keys(first.data).filter((name) => slowStores.has(name));
  const reason = `Every stage has Postgres or Redis, and this is the first: its ${stores.join(" and ")} takes some minutes.`;
  return { stage: first, reason };
}

/** Data services that take minutes to create and to delete, also on the emulated AWS: the provider waits between its requests. */
const slowStores: ReadonlySet<string> = new Set(["postgres", "redis"]);

function isQuick({ data }: StageConfig): boolean {
  return data.postgres === undefined && data.redis === undefined;
}
