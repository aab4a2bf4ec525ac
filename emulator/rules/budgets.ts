import { object, objects, text, type JsonValue } from "../wire/json";
import type { RuleSet } from "./rule";

const service = "budgets";
const reference = "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference";

/** Rules of AWS Budgets on names and notifications. */
export function budgets(): RuleSet {
  return {
    rules: [
      {
        name: "budget-name",
        service,
        operations: ["CreateBudget"],
        code: "InvalidParameterException",
        rule: "The name of a budget has no colon, backslash or `/action/`.",
        source: `${reference}/API_budgets_Budget.html`,
        refuse: ({ input }) =>
          /[:\\]|\/action\//.test(text(object(input.Budget).BudgetName))
            ? "The budget name must not contain the characters : \\ or /action/"
            : undefined,
      },
      {
        name: "budget-notification-exists",
        service,
        operations: ["CreateNotification"],
        code: "DuplicateRecordException",
        rule: "A budget has one notification of each type, comparison and threshold.",
        source: `${reference}/API_budgets_CreateNotification.html`,
        refuse: async ({ input, ask }) => {
          const { AccountId, BudgetName } = input;
          const { Notifications } = await ask("DescribeNotificationsForBudget", { AccountId, BudgetName });
          return objects(Notifications).some((each) => keyOf(each) === keyOf(input.Notification))
            ? "The notification already exists."
            : undefined;
        },
      },
    ],
  };
}

function keyOf(notification: JsonValue): string {
  const { NotificationType, ComparisonOperator, Threshold, ThresholdType = "PERCENTAGE" } = object(notification);
  return JSON.stringify([NotificationType, ComparisonOperator, Threshold, ThresholdType]);
}
