import { arnOf, type ArnScope } from "../../arn";
import { budgetName } from "../../naming";
import type { ActionTable } from "./table";

/** Budgets and cost anomalies belong to the account, not to a region. */
const account = (scope: ArnScope) => ({ ...scope, region: "" });
const tags = ["ce:TagResource", "ce:UntagResource"];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgetservice.html, also for Cost Explorer. */
export const cost: ActionTable = {
  aws_budgets_budget: {
    create: ["budgets:ModifyBudget", "budgets:TagResource"],
    read: ["budgets:ListTagsForResource", "budgets:ViewBudget"],
    update: ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"],
    delete: ["budgets:ModifyBudget"],
    on: (scope) => [arnOf(account(scope), "budgets", `budget/${budgetName(scope)}`)],
  },
  aws_ce_anomaly_monitor: {
    create: ["ce:CreateAnomalyMonitor", "ce:TagResource"],
    read: ["ce:GetAnomalyMonitors", "ce:ListTagsForResource"],
    update: [...tags, "ce:UpdateAnomalyMonitor"],
    delete: ["ce:DeleteAnomalyMonitor"],
    on: (scope) => [arnOf(account(scope), "ce", "anomalymonitor/*")],
  },
  aws_ce_anomaly_subscription: {
    create: ["ce:CreateAnomalySubscription", "ce:TagResource"],
    read: ["ce:GetAnomalySubscriptions", "ce:ListTagsForResource"],
    update: [...tags, "ce:UpdateAnomalySubscription"],
    delete: ["ce:DeleteAnomalySubscription"],
    on: (scope) => [arnOf(account(scope), "ce", "anomalysubscription/*")],
  },
};
