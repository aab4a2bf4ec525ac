import { awaitVerdict } from "../../../../cli/commands/rollout/await-rollout";
import { FakeClock } from "./recorded/clock";
import { clusterMissing, serviceDeleted, serviceMissing } from "./recorded/missing";
import { target } from "./recorded/names";
import { RecordedAws } from "./recorded/recorded-aws";
import type { Sequence } from "./recorded/sequence";
import { success } from "./recorded/success";
import { neverReady } from "./recorded/unfinished";

const aws = new RecordedAws();

function after(sequence: Sequence, clock = new FakeClock(), timeoutMs = 120_000) {
  return awaitVerdict(aws.play(sequence), target, { clock, timeoutMs });
}

test("the service is looked at every ten seconds until its rollout is settled", async () => {
  const clock = new FakeClock();
  await after(success, clock);
  expect(clock.pauses).toEqual([10_000, 10_000, 10_000]);
});

test("the wait ends on time, with a last look", async () => {
  const clock = new FakeClock();
  await after(neverReady, clock, 25_000);
  expect(clock.pauses).toEqual([10_000, 10_000, 5000]);
  expect(aws.calls.filter((call) => call === "DescribeServices")).toHaveLength(4);
});

test("everything that was seen so far is shown after each look", async () => {
  const shown: number[] = [];
  const options = {
    clock: new FakeClock(),
    timeoutMs: 120_000,
    show: (seen: readonly unknown[]) => shown.push(seen.length),
  };
  await awaitVerdict(aws.play(success), target, options);
  expect(shown).toEqual([1, 2, 3, 4]);
});

test.each([
  ["ECS does not know", serviceMissing],
  ["was deleted", serviceDeleted],
])("a service that %s is named, with what to do", async (_, sequence) => {
  await expect(after(sequence)).rejects.toThrow(
    "there is no service orders-ecs-service-dev01 in cluster shop-ecs-cluster-dev01 in us-east-1; " +
      "deploy it first: npx cdktf deploy dev01-us-east-1",
  );
});

test("a cluster that does not exist is named", async () => {
  await expect(after(clusterMissing)).rejects.toThrow(
    /there is no cluster shop-ecs-cluster-dev01 in us-east-1; deploy/,
  );
});

test("a call that AWS throttles is made again", async () => {
  aws.once.set("DescribeServices", { __type: "ThrottlingException", message: "Rate exceeded" });
  expect((await after(success)).outcome).toBe("succeeded");
  expect(aws.calls.filter((call) => call === "DescribeServices")).toHaveLength(5);
});

test.each([
  ["ExpiredTokenException", /the AWS credentials have expired; log in again/],
  ["UnrecognizedClientException", /AWS does not know these credentials; log in again/],
])("credentials that are lost in the middle (%s) end the wait with what to do", async (__type, message) => {
  const clock = new FakeClock();
  const clients = aws.play(success);
  const show = (seen: readonly unknown[]) => {
    if (seen.length === 2) aws.once.set("DescribeServices", { __type, message: "The token is not valid" });
  };
  await expect(awaitVerdict(clients, target, { clock, timeoutMs: 120_000, show })).rejects.toThrow(message);
  expect(clock.pauses).toHaveLength(2);
});

test("a call that the role may not make is named", async () => {
  aws.once.set("ListTasks", { __type: "AccessDeniedException", message: "not authorized to perform: ecs:ListTasks" });
  await expect(after(success)).rejects.toThrow(/these credentials may not call ecs:ListTasks; not authorized/);
});

test("a place that does not have service deployments is judged by the service alone", async () => {
  const none = { __type: "NotImplemented", message: "no such operation" };
  const polls = success.polls.map((poll) => ({ ...poll, serviceDeployment: none }));
  expect((await after({ polls })).outcome).toBe("succeeded");
});
