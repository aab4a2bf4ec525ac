import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { loggedErrors } from "../metrics/logged-errors";
import type { ServiceMonitoringTarget } from "../monitoring-target";

export interface ErrorFiltersProps {
  readonly stage: StageConfig;
  readonly services: readonly ServiceMonitoringTarget[];
  readonly pattern: string;
}

/** Counts the errors that services log: a metric for each. */
export class ErrorFilters extends Construct {
  constructor(scope: Construct, id: string, props: ErrorFiltersProps) {
    super(scope, id);
    const { stage, services, pattern } = props;
    for (const { name, logGroup } of services) {
      if (logGroup === undefined) continue;
      const { namespace, metricName } = loggedErrors(stage, name);
      new CloudwatchLogMetricFilter(this, name, {
        name: "errors",
        logGroupName: logGroup,
        pattern,
        // Minutes in which lines come and none is an error count as 0, not as nothing.
        metricTransformation: { name: metricName, namespace, value: "1", defaultValue: "0" },
      });
    }
  }
}
