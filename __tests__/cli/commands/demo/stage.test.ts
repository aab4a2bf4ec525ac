import { chooseStage } from "../../../../cli/commands/demo/stage";
import { minimalService, stageWith } from "../../../fixtures/stage";

const quick = stageWith({ stage: "quick" });
const second = stageWith({ stage: "second" });
const withPostgres = stageWith({
  stage: "database",
  data: { postgres: { kind: "instance" } },
  services: { orders: { ...minimalService, uses: ["postgres"] } },
});
const withRedis = stageWith({ stage: "cache", data: { redis: { kind: "serverless", keep: true } } });

test("without a name, the first stage without Postgres and Redis is chosen", () => {
  expect(chooseStage([withPostgres, withRedis, quick, second], "config")).toEqual({
    stage: quick,
    reason: "The first stage without Postgres and Redis; --stack <name> takes another.",
  });
});

test("when every stage has Postgres or Redis, the first is chosen, and the demo says why it takes longer", () => {
  expect(chooseStage([withRedis, withPostgres], "config")).toEqual({
    stage: withRedis,
    reason: "Every stage has Postgres or Redis, and this is the first: its redis takes some minutes.",
  });
});

test("a named stack is chosen although it is not the first that is quick", () => {
  expect(chooseStage([quick, withPostgres], "config", "database-us-east-1").stage).toBe(withPostgres);
});

test("an unknown stack is refused with the list of stacks and the most similar", () => {
  expect(() => chooseStage([quick, second], "config", "quik-us-east-1")).toThrow(
    'there is no stack "quik-us-east-1"; choose one of quick-us-east-1, second-us-east-1; did you mean quick-us-east-1?',
  );
});

test("a folder without stages is refused with what to add", () => {
  expect(() => chooseStage([], "teams/one")).toThrow(
    /^there is no stage; add teams\/one\/<environment>\/<stage>\/<region>-<stage>\.ts/,
  );
});
