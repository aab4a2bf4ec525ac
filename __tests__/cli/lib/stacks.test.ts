import { accountOfStack, firstStage, stageOfStack } from "../../../cli/lib/stacks";
import { stageWith } from "../../fixtures/stage";

const stages = [stageWith(), stageWith({ stage: "dev02" })];

test("a stage is found by the name of its stack", () => {
  expect(stageOfStack(stages, "dev02-us-east-1").stage).toBe("dev02");
});

test("an unknown stack is refused with the known ones, and the most similar of them", () => {
  expect(() => stageOfStack(stages, "dev2")).toThrow(
    'there is no stack "dev2"; choose one of dev01-us-east-1, dev02-us-east-1; did you mean dev02-us-east-1?',
  );
});

test("an account stack is refused where a stage is meant, whether or not it exists", () => {
  expect(() => stageOfStack(stages, "account-shop-dev-us-east-1")).toThrow(
    '"account-shop-dev-us-east-1" must be the stack of a stage, not of an account;' +
      " choose one of dev01-us-east-1, dev02-us-east-1",
  );
});

test("a configuration folder without stages or account files is named with what to add", () => {
  expect(() => firstStage([], "teams/one")).toThrow(
    "there is no stage; add teams/one/<environment>/<stage>/<region>-<stage>.ts, or run npm run init",
  );
  expect(() => accountOfStack([], "account-shop", "teams/one")).toThrow(
    "there is no account stack; add teams/one/accounts/<alias>/<region>.ts",
  );
});
