import {
  BudgetsClient,
  CreateBudgetCommand,
  CreateNotificationCommand,
  DeleteBudgetCommand,
  DescribeSubscribersForNotificationCommand,
} from "@aws-sdk/client-budgets";
import { emulatorForSuite, refusal } from "../running-emulator";

const AccountId = "111122223333";

describe("AWS Budgets", () => {
  const aws = emulatorForSuite();
  const budgets = (region?: string) => new BudgetsClient(aws.client(region));
  const create = (BudgetName: string) => {
    const BudgetLimit = { Amount: "10", Unit: "USD" };
    const Budget = { BudgetName, BudgetLimit, TimeUnit: "MONTHLY", BudgetType: "COST" } as const;
    return budgets().send(new CreateBudgetCommand({ AccountId, Budget }));
  };
  const notification = (Threshold: number) =>
    ({ NotificationType: "ACTUAL", ComparisonOperator: "GREATER_THAN", Threshold }) as const;
  const notify = (BudgetName: string, Threshold: number) => {
    const Subscribers = [{ SubscriptionType: "EMAIL", Address: "on-call@example.com" } as const];
    const input = { AccountId, BudgetName, Notification: notification(Threshold), Subscribers };
    return budgets().send(new CreateNotificationCommand(input));
  };

  it("refuses a second budget with a name [budget-exists]", async () => {
    await create("taken");
    expect(await refusal(create("taken"))).toBe("DuplicateRecordException");
    await budgets().send(new DeleteBudgetCommand({ AccountId, BudgetName: "taken" }));
    expect(await refusal(create("taken"))).toBe("");
  });

  it("refuses a name with a colon, a backslash or an action [budget-name]", async () => {
    expect(await refusal(create("own:dev"))).toBe("InvalidParameterException");
    expect(await refusal(create("own/action/dev"))).toBe("InvalidParameterException");
    expect(await refusal(create("own/dev"))).toBe("");
    expect(await refusal(create("own dev"))).toBe("");
  });

  it("refuses a second notification of one threshold [budget-notification-exists]", async () => {
    await create("notified");
    await notify("notified", 80);
    expect(await refusal(notify("notified", 80))).toBe("DuplicateRecordException");
    expect(await refusal(notify("notified", 100))).toBe("");
  });

  it("has the same subscribers in all Regions", async () => {
    await create("global");
    await notify("global", 80);
    const input = { AccountId, BudgetName: "global", Notification: notification(80) };
    const { Subscribers } = await budgets("eu-west-1").send(new DescribeSubscribersForNotificationCommand(input));
    expect(Subscribers).toHaveLength(1);
  });
});
