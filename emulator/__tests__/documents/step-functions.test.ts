import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

const create = (definition: string) => refusalOf("states", "CreateStateMachine", { name: "orders", definition });
const machine = (StartAt: string | undefined, States: JsonObject | undefined) =>
  create(JSON.stringify({ StartAt, States }))?.code;
const end = { Type: "Succeed" };

describe("a state machine", () => {
  it("starts at a state, and goes on to states", () => {
    expect(machine("one", { one: { Type: "Pass", Next: "two" }, two: end })).toBeUndefined();
    const Choices = [{ Variable: "$.a", IsNull: true, Next: "one" }];
    expect(machine("choice", { choice: { Type: "Choice", Choices, Default: "one" }, one: end })).toBeUndefined();
    expect(
      machine("one", { one: { Type: "Task", Resource: "arn:x", End: true, Catch: [{ Next: "two" }] }, two: end }),
    ).toBeUndefined();
    const Branches = [{ StartAt: "inner", States: { inner: end } }];
    expect(machine("one", { one: { Type: "Parallel", Branches, End: true } })).toBeUndefined();
    expect(refusalOf("states", "UpdateStateMachine", { stateMachineArn: "arn:x" })).toBeUndefined();
  });

  it.each([
    ["another", { one: end }],
    [undefined, { one: end }],
    ["one", undefined],
    ["one", {}],
    ["one", { one: { Type: "Pass", Next: "two" } }],
    ["one", { one: { Type: "Choice", Choices: [{ Next: "two" }] } }],
    ["one", { one: { Type: "Map", ItemProcessor: { StartAt: "inner", States: { other: end } }, End: true } }],
  ])("is refused when it starts at %s in %j", (startAt, states) => {
    expect(machine(startAt, states)).toBe("InvalidDefinition");
  });

  it("is written in JSON", () => {
    expect(create("{")?.code).toBe("InvalidDefinition");
    expect(create(JSON.stringify({ StartAt: "two", States: { one: end } }))?.message).toBe(
      "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: two at /StartAt'",
    );
  });
});
