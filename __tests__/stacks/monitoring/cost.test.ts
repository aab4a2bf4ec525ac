import type { StageInput } from "../../../schema/stage";
import { stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

const synthesized = (monitoring: StageInput["monitoring"]) => new Synthesized(stageWith({ monitoring }));
const email = ["money@example.com"];

describe("the budget of a stage", () => {
  const budget = (fields: object = {}) =>
    Object.values(synthesized({ budget: { monthlyUsd: 300, email, ...fields } }).all("aws_budgets_budget"))[0];

  it("is a monthly limit on the costs with the stage's tag in its region", () => {
    expect(budget()).toMatchObject({
      name: "shop-dev01-us-east-1",
      budget_type: "COST",
      time_unit: "MONTHLY",
      limit_amount: "300",
      limit_unit: "USD",
      cost_filter: [
        { name: "TagKeyValue", values: ["user:stage$dev01"] },
        { name: "Region", values: ["us-east-1"] },
      ],
    });
  });

  it("notifies at 80 and 100 % of actual and at 100 % of forecasted costs by default", () => {
    const notification = {
      comparison_operator: "GREATER_THAN",
      threshold_type: "PERCENTAGE",
      subscriber_email_addresses: email,
    };
    expect(budget()?.notification).toEqual([
      { ...notification, notification_type: "ACTUAL", threshold: 80 },
      { ...notification, notification_type: "ACTUAL", threshold: 100 },
      { ...notification, notification_type: "FORECASTED", threshold: 100 },
    ]);
    expect(budget({ actualPercent: [], forecastedPercent: [90] })?.notification).toEqual([
      { ...notification, notification_type: "FORECASTED", threshold: 90 },
    ]);
  });
});

it("a stage has no budget unless its file has one, and leaves unusual costs to the account stack", () => {
  expect(synthesized({}).addresses.filter((address) => /aws_(budgets|ce)_/.test(address))).toEqual([]);
});
