import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

describe("a budget", () => {
  const email = { SubscriptionType: "EMAIL", Address: "team@example.com" };
  const topic = { SubscriptionType: "SNS", Address: "arn:aws:sns:us-east-1:111122223333:cost" };
  const create = (limit: JsonObject, threshold = 80, ...Subscribers: readonly JsonObject[]) =>
    refusalOf("budgets", "CreateBudget", {
      Budget: { BudgetName: "shop", BudgetLimit: { Amount: "500", Unit: "USD", ...limit } },
      NotificationsWithSubscribers: [
        { Notification: { Threshold: threshold, ThresholdType: "PERCENTAGE" }, Subscribers },
      ],
    })?.message;

  it("has an amount, thresholds and subscribers", () => {
    expect(create({}, 80, email, topic)).toBeUndefined();
    expect(create({ Amount: "0" })).toMatch(/greater than 0/);
    expect(create({ Unit: "" })).toMatch(/unit must not be empty/);
    expect(create({}, 1)).toBeUndefined();
    expect(create({}, 0)).toMatch(/^Notification threshold/);
    expect(create({}, 80, topic, topic)).toMatch(/only one SNS subscriber/);
    expect(create({}, 80, ...Array.from({ length: 11 }, () => email))).toMatch(/at most 10 email/);
    expect(create({}, 80, { ...email, Address: "team" })).toMatch(/must be an email address/);
    expect(create({}, 80, { ...topic, Address: "cost" })).toMatch(/ARN of a topic/);
  });

  it("keeps them when it changes", () => {
    const NewBudget = { BudgetLimit: { Amount: "-1", Unit: "USD" } };
    expect(refusalOf("budgets", "UpdateBudget", { NewBudget })?.code).toBe("InvalidParameterException");
    const Notification = { Threshold: 0 };
    expect(refusalOf("budgets", "CreateNotification", { Notification })?.code).toBe("InvalidParameterException");
  });
});
