import { object, objects, text, type JsonObject, type JsonValue } from "../wire/json";
import { type DocumentCheck, type Refusal } from "./document";
import { invalidParameter as invalid } from "./refusals";
import { isSet, numberOf } from "./values";

/** The amount of a budget and the thresholds of its notifications. */
export const budgets: DocumentCheck = {
  service: "budgets",
  operations: ["CreateBudget"],
  source: "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html",
  check: ({ Budget, NotificationsWithSubscribers }) =>
    amountProblem(Budget) ??
    objects(NotificationsWithSubscribers)
      .map(({ Notification, Subscribers }) => notificationProblem(Notification) ?? subscriberProblem(Subscribers))
      .find((refusal) => refusal !== undefined),
};

/** The amount of a budget that changes. */
export const changedBudgets: DocumentCheck = {
  service: "budgets",
  operations: ["UpdateBudget"],
  source: "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_UpdateBudget.html",
  check: ({ NewBudget }) => amountProblem(NewBudget),
};

/** A notification that is added to a budget. */
export const budgetNotifications: DocumentCheck = {
  service: "budgets",
  operations: ["CreateNotification"],
  source: "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateNotification.html",
  check: ({ Notification, Subscribers }) => notificationProblem(Notification) ?? subscriberProblem(Subscribers),
};

function amountProblem(budget: JsonValue): Refusal | undefined {
  const { BudgetLimit } = object(budget);
  if (!isSet(BudgetLimit)) return undefined;
  const { Amount, Unit } = object(BudgetLimit);
  if ((numberOf(Amount) ?? 0) <= 0) return invalid("Budget limit amount must be greater than 0.");
  return text(Unit) === "" ? invalid("Budget limit unit must not be empty.") : undefined;
}

// https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Notification.html
function notificationProblem(notification: JsonValue): Refusal | undefined {
  const { Threshold, ThresholdType } = object(notification);
  const threshold = numberOf(Threshold);
  if (threshold === undefined) return undefined;
  const most = ThresholdType === "ABSOLUTE_VALUE" ? 15e12 : 1e9;
  return threshold <= 0 || threshold > most
    ? invalid(`Notification threshold must be greater than 0 and at most ${most}.`)
    : undefined;
}

// https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Subscriber.html
function subscriberProblem(subscribers: JsonValue): Refusal | undefined {
  const all = objects(subscribers);
  const ofType = (type: string): readonly JsonObject[] =>
    all.filter(({ SubscriptionType }) => SubscriptionType === type);
  if (ofType("SNS").length > 1) return invalid("A notification can have only one SNS subscriber.");
  if (ofType("EMAIL").length > 10) return invalid("A notification can have at most 10 email subscribers.");
  if (ofType("EMAIL").some(({ Address }) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text(Address)))) {
    return invalid("The address of an email subscriber must be an email address.");
  }
  return ofType("SNS").some(({ Address }) => !/^arn:[\w-]+:sns:/.test(text(Address)))
    ? invalid("The address of an SNS subscriber must be the ARN of a topic.")
    : undefined;
}
