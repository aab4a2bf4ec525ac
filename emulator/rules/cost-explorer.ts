import { list, object, objects, text } from "../wire/json";
import type { RuleSet } from "./rule";

const service = "ce";
const reference = "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference";

/** Rules of Cost Explorer between anomaly monitors and subscriptions. */
export function costExplorer(): RuleSet {
  return {
    rules: [
      {
        name: "dimensional-monitor-quota",
        service,
        operations: ["CreateAnomalyMonitor"],
        code: "ValidationException",
        rule: "An account has one monitor for each dimension.",
        source: "https://docs.aws.amazon.com/cost-management/latest/userguide/management-limits.html",
        refuse: async ({ input, ask }) => {
          const { MonitorType, MonitorDimension } = object(input.AnomalyMonitor);
          if (MonitorType !== "DIMENSIONAL") return undefined;
          const { AnomalyMonitors } = await ask("GetAnomalyMonitors");
          return objects(AnomalyMonitors).some((each) => each.MonitorDimension === MonitorDimension)
            ? "Limit exceeded on dimensional spend monitor creation"
            : undefined;
        },
      },
      {
        name: "anomaly-monitor-not-found",
        service,
        operations: ["CreateAnomalySubscription", "UpdateAnomalySubscription"],
        code: "UnknownMonitorException",
        rule: "The monitors of a subscription must exist.",
        source: `${reference}/API_CreateAnomalySubscription.html`,
        refuse: async ({ input, ask }) => {
          const sent = object(input.AnomalySubscription).MonitorArnList ?? input.MonitorArnList;
          const { AnomalyMonitors } = await ask("GetAnomalyMonitors");
          const known = objects(AnomalyMonitors).map(({ MonitorArn }) => text(MonitorArn));
          const missing = list(sent).find((arn) => !known.includes(text(arn)));
          return missing === undefined ? undefined : `The monitor ${text(missing)} does not exist.`;
        },
      },
      {
        name: "anomaly-subscription-frequency",
        service,
        operations: ["CreateAnomalySubscription"],
        code: "ValidationException",
        rule: "Anomalies are sent to SNS immediately, and by email daily or weekly.",
        source: `${reference}/API_AnomalySubscription.html`,
        refuse: ({ input }) => {
          const { Frequency, Subscribers } = object(input.AnomalySubscription);
          const type = Frequency === "IMMEDIATE" ? "SNS" : "EMAIL";
          return objects(Subscribers).some(({ Type }) => Type !== type)
            ? `Frequency ${text(Frequency)} only supports subscribers of the type ${type}`
            : undefined;
        },
      },
    ],
  };
}
