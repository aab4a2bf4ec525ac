import { waitForRollout } from "../../../../cli/commands/rollout/wait";
import { FakeClock } from "./recorded/clock";
import { clusterMissing, serviceDeleted, serviceMissing } from "./recorded/missing";
import { ordersService } from "./recorded/names";
import { RecordedAws } from "./recorded/recorded-aws";
import type { Sequence } from "./recorded/sequence";
import { success } from "./recorded/success";
import { neverReady } from "./recorded/unfinished";

const aws = new RecordedAws();

function after(sequence: Sequence, clock = new FakeClock(), timeoutMs = 120_000) {
  return waitForRollout(aws.play(sequence), ordersService, { clock, timeoutMs });
}

test("the service is observed every ten seconds until its rollout has ended", async () => {
  const clock = new FakeClock();
  await after(success, clock);
  expect(clock.pauses).toEqual([10_000, 10_000, 10_000]);
});

test("the wait ends at the timeout, with a last observation", async () => {
  const clock = new FakeClock();
  await after(neverReady, clock, 25_000);
  expect(clock.pauses).toEqual([10_000, 10_000, 5000]);
  expect(aws.calls.filter((call) => call === "DescribeServices")).toHaveLength(4);
});

test("all observations are passed on after each one", async () => {
  const counts: number[] = [];
  const options = {
    clock: new FakeClock(),
    timeoutMs: 120_000,
    onObservation: (observations: readonly unknown[]) => counts.push(observations.length),
  };
  await waitForRollout(aws.play(success), ordersService, options);
  expect(counts).toEqual([1, 2, 3, 4]);
});

test.each([
  ["does not exist", serviceMissing],
  ["was deleted", serviceDeleted],
])("a service that %s is refused with the remedy", async (_, sequence) => {
  await expect(after(sequence)).rejects.toThrow(
    "there is no service orders-ecs-service-dev01 in cluster shop-ecs-cluster-dev01 in us-east-1; " +
      "deploy it first: npx cdktf deploy dev01-us-east-1",
  );
});

test("a cluster that does not exist is refused with the remedy", async () => {
  await expect(after(clusterMissing)).rejects.toThrow(
    /there is no cluster shop-ecs-cluster-dev01 in us-east-1; deploy/,
  );
});

test("a throttled call is retried", async () => {
  aws.once.set("DescribeServices", { __type: "ThrottlingException", message: "Rate exceeded" });
  expect((await after(success)).outcome).toBe("succeeded");
  expect(aws.calls.filter((call) => call === "DescribeServices")).toHaveLength(5);
});

test.each([
  ["ExpiredTokenException", /the AWS credentials have expired; log in again/],
  ["UnrecognizedClientException", /AWS does not know these credentials; log in again/],
])("credentials that become invalid (%s) end the wait with the remedy", async (__type, message) => {
  const clock = new FakeClock();
  const clients = aws.play(success);
  const onObservation = (observations: readonly unknown[]) => {
    if (observations.length === 2) aws.once.set("DescribeServices", { __type, message: "The token is not valid" });
  };
  await expect(waitForRollout(clients, ordersService, { clock, timeoutMs: 120_000, onObservation })).rejects.toThrow(
    message,
  );
  expect(clock.pauses).toHaveLength(2);
});

test("a call without permission is reported by its IAM action", async () => {
  aws.once.set("ListTasks", { __type: "AccessDeniedException", message: "not authorized to perform: ecs:ListTasks" });
  await expect(after(success)).rejects.toThrow(/these credentials may not call ecs:ListTasks; not authorized/);
});

test("the status rests on the service alone where AWS does not offer service deployments", async () => {
  const none = { __type: "NotImplemented", message: "no such operation" };
  const polls = success.polls.map((poll) => ({ ...poll, serviceDeployment: none }));
  expect((await after({ polls })).outcome).toBe("succeeded");
});
