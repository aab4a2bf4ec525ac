import { demoStage } from "../../../../cli/commands/demo/demo";
import { fixtureStages } from "../../../fixtures/config";

const stages = fixtureStages();

test("a stage is chosen by the name of its stack", () => {
  expect(demoStage(stages, "dev02-eu-west-1")).toEqual({
    stack: "dev02-eu-west-1",
    accountId: "111122223333",
    stateBucket: "appname-terraform-state-111122223333",
  });
});

test("an unknown stack is refused with the list of stacks", () => {
  expect(() => demoStage(stages, "dev3")).toThrow(/no stack "dev3"; choose one of .*dev02-us-east-1/);
});

test("a stage whose state is not in S3 is refused", () => {
  const local = stages.map((stage) => ({ ...stage, state: { backend: "local" as const } }));
  expect(() => demoStage(local, "dev02-us-east-1")).toThrow(
    /state backend of dev02-us-east-1 is "local"; choose a stack whose state is in S3/,
  );
});
