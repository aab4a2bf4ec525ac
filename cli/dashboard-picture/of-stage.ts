import { App } from "cdktf";
import type { StageConfig } from "../../config";
import { StageStack } from "../../stacks/stage-stack";
import { draw } from "./draw";

/** Draws the dashboard of a stage, or nothing for a stage without one. */
export function dashboardPicture(stage: StageConfig): string | undefined {
  const { operations } = new StageStack(new App(), stage);
  if (operations?.dashboard === undefined) return undefined;
  const { widgets, alarmsHeight, alarms } = operations.dashboard;
  return draw(
    widgets,
    alarms.map(({ title }) => title),
    alarmsHeight,
  );
}
