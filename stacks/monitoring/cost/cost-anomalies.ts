import { CeAnomalyMonitor } from "@cdktf/provider-aws/lib/ce-anomaly-monitor";
import { CeAnomalySubscription } from "@cdktf/provider-aws/lib/ce-anomaly-subscription";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { CostAnomalySettings } from "../../../schema/monitoring/monitoring";
import { encodedJson } from "../../json";
import { budgetName } from "../../naming";

export interface CostAnomaliesProps {
  readonly stage: StageConfig;
  readonly settings: CostAnomalySettings;
}

/** Tells by mail, once a day, when a stage costs what it did not cost before. */
export class CostAnomalies extends Construct {
  constructor(scope: Construct, id: string, props: CostAnomaliesProps) {
    super(scope, id);
    const { stage, settings } = props;
    const monitor = new CeAnomalyMonitor(this, "monitor", {
      name: budgetName(stage),
      monitorType: "CUSTOM",
      // A monitor takes one kind of condition, so that it cannot ask for the region, too.
      monitorSpecification: encodedJson({
        And: null,
        CostCategories: null,
        Dimensions: null,
        Not: null,
        Or: null,
        Tags: { Key: "stage", MatchOptions: null, Values: [stage.stage] },
      }),
    });
    new CeAnomalySubscription(this, "subscription", {
      name: budgetName(stage),
      // At once would need a topic, which Cost Explorer writes to by permissions of its own.
      frequency: "DAILY",
      monitorArnList: [monitor.arn],
      subscriber: settings.email.map((address) => ({ type: "EMAIL", address })),
      thresholdExpression: {
        dimension: {
          key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
          matchOptions: ["GREATER_THAN_OR_EQUAL"],
          values: [String(settings.thresholdUsd)],
        },
      },
    });
  }
}
