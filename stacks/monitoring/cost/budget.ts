import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { BudgetSettings } from "../../../schema/monitoring/monitoring";
import { budgetName } from "../../naming";

export interface BudgetProps {
  readonly stage: StageConfig;
  readonly budget: BudgetSettings;
}

/** The monthly budget of a stage. AWS Budgets sends its e-mails itself, in every region. */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    const { stage, budget } = props;
    const notification = (notificationType: string) => (threshold: number) => ({
      notificationType,
      comparisonOperator: "GREATER_THAN",
      threshold,
      thresholdType: "PERCENTAGE",
      subscriberEmailAddresses: budget.email,
    });
    new BudgetsBudget(this, "budget", {
      name: budgetName(stage),
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(budget.monthlyUsd),
      limitUnit: "USD",
      costFilter: [
        { name: "TagKeyValue", values: [`user:stage$${stage.stage}`] },
        { name: "Region", values: [stage.region] },
      ],
      notification: [
        ...budget.actualPercent.map(notification("ACTUAL")),
        ...budget.forecastedPercent.map(notification("FORECASTED")),
      ],
    });
  }
}
