import { z } from "zod";
import { yesOrNo } from "../primitives";
import { alarms } from "./alarms";
import { logs } from "./logs";
import { budget, costAnomalies } from "./cost";

/** How a stage is watched. */
export const monitoring = z.strictObject({
  /** Alarms for what the stage has, and messages about them. @default - none */
  alarms: alarms.optional(),
  /** A dashboard of CloudWatch that shows the stage at a glance. @default true */
  dashboard: yesOrNo.default(true),
  logs: logs.prefault({}),
  /** @default - none */
  budget: budget.optional(),
  /** @default - none */
  costAnomalies: costAnomalies.optional(),
});

export type MonitoringConfig = z.output<typeof monitoring>;
