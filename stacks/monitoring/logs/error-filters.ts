import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import { loggedErrors } from "../metrics/services";
import type { ServiceMonitoringTarget } from "../monitoring-target";

export interface ErrorFiltersProps {
  readonly stage: StageConfig;
  readonly services: readonly ServiceMonitoringTarget[];
  readonly pattern: string;
}

/** A metric of the logged errors of each service. */
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
        // A minute with log events but no errors is a data point of 0.
        metricTransformation: { name: metricName, namespace, value: "1", defaultValue: "0" },
      });
    }
  }
}
