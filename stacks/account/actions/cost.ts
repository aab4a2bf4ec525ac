import { arnOf, type ArnScope } from "../../arn";
import { budgetName } from "../../naming";
import type { ActionTable } from "./table";

/** Budgets belong to the account, not to a region. */
const account = (scope: ArnScope) => ({ ...scope, region: "" });

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgetservice.html */
export const cost: ActionTable = {
  aws_budgets_budget: {
    create: ["budgets:ModifyBudget", "budgets:TagResource"],
    read: ["budgets:ListTagsForResource", "budgets:ViewBudget"],
    update: ["budgets:ModifyBudget", "budgets:TagResource", "budgets:UntagResource"],
    delete: ["budgets:ModifyBudget"],
    on: (scope) => [arnOf(account(scope), "budgets", `budget/${budgetName(scope)}`)],
  },
};
