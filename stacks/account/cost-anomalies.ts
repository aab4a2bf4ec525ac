import { CeAnomalyMonitor } from "@cdktf/provider-aws/lib/ce-anomaly-monitor";
import { CeAnomalySubscription } from "@cdktf/provider-aws/lib/ce-anomaly-subscription";
import { Construct } from "constructs";
import type { AccountConfig } from "../../schema";
import type { CostAnomalySettings } from "../../schema/account";
import { costAnomalyName } from "../naming";

export interface CostAnomaliesProps {
  readonly account: AccountConfig;
  readonly settings: CostAnomalySettings;
}

/** A daily e-mail about unusual costs of the account, of any of its services in any region. */
export class CostAnomalies extends Construct {
  constructor(scope: Construct, id: string, props: CostAnomaliesProps) {
    super(scope, id);
    const { account, settings } = props;
    const name = costAnomalyName(account);
    const monitorArn =
      settings.monitorArn ??
      // The only kind that member accounts of an organization may create:
      // https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html
      new CeAnomalyMonitor(this, "monitor", { name, monitorType: "DIMENSIONAL", monitorDimension: "SERVICE" }).arn;
    new CeAnomalySubscription(this, "subscription", {
      name,
      // IMMEDIATE is only available for SNS topics, whose policy must allow Cost Explorer.
      frequency: "DAILY",
      monitorArnList: [monitorArn],
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
