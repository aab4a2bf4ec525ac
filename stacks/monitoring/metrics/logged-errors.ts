import type { StageConfig } from "../../../schema";
import type { Metric } from "../metric";

type Stage = Pick<StageConfig, "app" | "stage">;

/** Namespace of the metrics that a stage makes by itself of a service. */
export const ownNamespace = ({ app, stage }: Stage, service: string) => `${app}/${stage}/${service}`;

export const loggedErrorsName = "LoggedErrors";

/** Errors in the log of a service, as a metric filter counts them. */
export function loggedErrors(stage: Stage, service: string): Metric {
  return {
    namespace: ownNamespace(stage, service),
    metricName: loggedErrorsName,
    dimensions: {},
    statistic: "Sum",
  };
}
