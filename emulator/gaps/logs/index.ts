import type { Gap } from "../../proxy/gap";
import { editJson } from "../../wire/edit";
import { objects, parseJson } from "../../wire/json";
import { anomalyDetectors } from "./anomaly-detector";
import { dataProtection } from "./data-protection";
import { metricFilters } from "./metric-filter";
import { queryDefinitions } from "./query-definition";

/** moto's log groups have no class, of which the provider makes a difference; shown by `aws_cloudwatch_log_group`. */
export function logs(): Gap {
  return {
    service: "logs",
    handlers: {
      DescribeLogGroups: async (_, forward) => {
        const reply = await forward();
        // The common case stays as moto wrote it.
        if (objects(parseJson(reply.body).logGroups).every(({ logGroupClass }) => logGroupClass != null)) return reply;
        return editJson(reply, (body) => ({
          ...body,
          logGroups: objects(body.logGroups).map((group) => ({ logGroupClass: "STANDARD", ...group })),
        }));
      },
      ...queryDefinitions(),
      ...anomalyDetectors(),
      ...dataProtection(),
      ...metricFilters(),
    },
  };
}
