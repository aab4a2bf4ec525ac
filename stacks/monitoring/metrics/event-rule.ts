import type { Metric } from "../metric";

/** Events that a rule of EventBridge found. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
export function ruleMatches(ruleName: string): Metric {
  return {
    namespace: "AWS/Events",
    metricName: "TriggeredRules",
    dimensions: { RuleName: ruleName },
    statistic: "Sum",
  };
}
