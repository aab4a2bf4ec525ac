import type { Handlers } from "../../proxy/gap";
import { parseJson } from "../../wire/json";

/** moto puts a changed filter beside the old one of the same name; shown by `aws_cloudwatch_log_metric_filter`. */
export function metricFilters(): Handlers {
  return {
    PutMetricFilter: async ({ body }, forward) => {
      const { filterName, logGroupName } = parseJson(body);
      const headers = { "x-amz-target": "Logs_20140328.DeleteMetricFilter" };
      await forward({ headers, body: JSON.stringify({ filterName, logGroupName }) });
      return forward();
    },
  };
}
