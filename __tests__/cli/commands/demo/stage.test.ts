import { loadStages } from "../../../../schema";
import { chooseStage } from "../../../../cli/commands/demo/stage";

const stages = loadStages();

test("a stage is chosen by the name of its stack", () => {
  expect(chooseStage(stages, "dev02-eu-west-1")).toEqual({
    stack: "dev02-eu-west-1",
    accountId: "111122223333",
    region: "eu-west-1",
    bucket: { name: "appname-terraform-state-111122223333", region: "us-east-1" },
  });
});

test("an unknown stack is refused with those that there are", () => {
  expect(() => chooseStage(stages, "dev3")).toThrow(/no stack "dev3"; choose one of .*dev02-us-east-1/);
});

test("a stage whose state is not in S3 is refused", () => {
  const local = stages.map((stage) => ({ ...stage, state: { backend: "local" as const } }));
  expect(() => chooseStage(local, "dev02-us-east-1")).toThrow(/state of dev02-us-east-1 is kept by "local"/);
});
