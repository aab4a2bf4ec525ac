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

/** A daily e-mail about unusual costs of a stage. */
export class CostAnomalies extends Construct {
  constructor(scope: Construct, id: string, props: CostAnomaliesProps) {
    super(scope, id);
    const { stage, settings } = props;
    const monitor = new CeAnomalyMonitor(this, "monitor", {
      name: budgetName(stage),
      monitorType: "CUSTOM",
      // A custom monitor can filter by one kind of dimension: not by the tag and the region.
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
      // IMMEDIATE is only available for SNS topics, whose policy must allow Cost Explorer.
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
