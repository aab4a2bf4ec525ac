import { waitForRollout } from "../../../../cli/commands/rollout/wait";
import { alarm } from "./recorded/alarm";
import { FakeClock } from "./recorded/clock";
import { containerUnhealthy, crashes, imageMissing, outOfMemory, targetUnhealthy } from "./recorded/failures";
import { firstFails, firstSucceeds } from "./recorded/first-deployment";
import { at, imageOf, ordersService } from "./recorded/names";
import { RecordedAws } from "./recorded/recorded-aws";
import type { Sequence } from "./recorded/sequence";
import { serviceDeployment } from "./recorded/service-deployment";
import { success } from "./recorded/success";
import { crashLoop, neverReady } from "./recorded/unfinished";

const aws = new RecordedAws();

const after = (sequence: Sequence) =>
  waitForRollout(aws.play(sequence), ordersService, { clock: new FakeClock(), timeoutMs: 120_000 });

/** The responses to a role that may not call the operations about service deployments. */
const withoutPermission = (sequence: Sequence): Sequence => ({
  ...sequence,
  polls: sequence.polls.map((poll) => ({
    ...poll,
    serviceDeployment: { __type: "AccessDeniedException", message: "not authorized" },
  })),
});

const outcomes = [
  ["a successful rollout", success, "succeeded"],
  ["a successful first deployment", firstSucceeds, "succeeded"],
  ["a program that exits at once", crashes, "rolled-back"],
  ["a program that exceeds its memory", outOfMemory, "rolled-back"],
  ["a missing image", imageMissing, "rolled-back"],
  ["a failing container health check", containerUnhealthy, "rolled-back"],
  ["a failing load balancer health check", targetUnhealthy, "rolled-back"],
  ["an alarm", alarm, "rolled-back"],
  ["a first deployment that fails", firstFails, "failed"],
  ["a task that does not become healthy", neverReady, "timed-out"],
  ["a crash loop that continues", crashLoop, "timed-out"],
] as const;

test.each(outcomes)("%s: the outcome is known", async (_, sequence, outcome) => {
  expect((await after(sequence)).outcome).toBe(outcome);
});

test.each(outcomes)(
  "%s: the outcome is known from the service alone where service deployments cannot be read",
  async (...row) => {
    const [, sequence, outcome] = row;
    const status = await after(withoutPermission(sequence));
    expect(status.outcome).toBe(outcome);
    expect(status.notes).toEqual([expect.stringMatching(/allow ecs:ListServiceDeployments .*AccessDeniedException/)]);
  },
);

test("the status of a success contains the running revision, its image, and no failure", async () => {
  const { summary, running, reasons, stopped, logs, diagnosis } = await after(success);
  expect(summary).toBe("The rollout succeeded; shop-orders-task-dev01:42 runs (1 of 1 tasks).");
  expect(running).toEqual([{ revision: "shop-orders-task-dev01:42", images: [imageOf(42)], running: 1, desired: 1 }]);
  expect([reasons, stopped, logs, diagnosis]).toEqual([[], [], [], undefined]);
});

test("events are listed once, in order, from the start of the rollout", async () => {
  const { events } = await after(success);
  expect(events.map(({ message }) => message)).toEqual([
    "has started 1 tasks: (task 66066f5cae104f0fae66c804d885fae7).",
    expect.stringMatching(/^registered 1 targets/),
    "has begun draining connections on 1 tasks.",
    "has stopped 1 running tasks: (task d729507e9c0946579ff8ed2eb86a603c).",
    "(deployment ecs-svc/7246342417563559064) deployment completed.",
    "has reached a steady state.",
  ]);
});

test("the status of a crash loop contains the exit code, the last log lines, and the running revision", async () => {
  const { summary, diagnosis, reasons, stopped, logs } = await after(crashes);
  expect(summary).toBe("The rollout failed and was rolled back; shop-orders-task-dev01:41 runs (1 of 1 tasks).");
  expect(diagnosis).toBe("container orders ends with exit code 1");
  expect(reasons).toEqual([
    "Circuit breaker: 3 failed tasks, threshold 3",
    "Service deployment rolled back because the circuit breaker threshold was exceeded.",
  ]);
  expect(stopped).toMatchObject([
    { count: 3, stopCode: "EssentialContainerExited", containers: [{ name: "orders", exitCode: 1 }] },
  ]);
  expect(logs).toEqual([
    {
      group: "/shop/dev01/orders",
      stream: "orders/orders/22450d8cbf7b4648ac0837b9a710e807",
      lines: ["Error: DATABASE_URL is not set", "    at loadConfig (/app/dist/config.js:14:11)", "bye"],
    },
  ]);
});

test("an out-of-memory kill is distinguished from another SIGKILL", async () => {
  expect((await after(outOfMemory)).diagnosis).toBe("container orders needs more memory than its task has");
});

test("a missing image is diagnosed, without log lines", async () => {
  const { diagnosis, stopped, logs } = await after(imageMissing);
  expect(diagnosis).toMatch(/^the image of shop-orders-task-dev01:42 cannot be pulled; push it/);
  expect(stopped.map(({ count }) => count)).toEqual([3]);
  expect(stopped[0]?.reason).toMatch(/^CannotPullContainerError: .*orders-dev01-image:42.0.0: not found$/);
  expect(logs).toEqual([]);
});

test("a failed container health check is reported with its command", async () => {
  const { healthChecks, diagnosis } = await after(containerUnhealthy);
  expect(healthChecks).toEqual([
    "container: `node dist/health-check.js` failed 3 times in a row, every 30 s, after a start period of 60 s",
  ]);
  expect(diagnosis).toContain("health check fails: container: `node dist/health-check.js`");
});

test("a failed load balancer health check is reported with its path, its port and the response", async () => {
  const { healthChecks } = await after(targetUnhealthy);
  expect(healthChecks).toEqual([
    "load balancer: GET /health on port 8080, within 6 s: Health checks failed with these codes: [503]",
  ]);
});

test("an alarm is reported by its name, and tasks that ECS scales in after it do not count as failures", async () => {
  const { diagnosis, reasons, stopped, logs } = await after(alarm);
  expect(diagnosis).toBe("alarm shop-target-5xx-dev01 is in state ALARM");
  expect(reasons[0]).toBe("Alarm in state ALARM: shop-target-5xx-dev01");
  expect(stopped).toEqual([]);
  expect(logs[0]?.lines).toEqual(["POST /orders 500", "TypeError: total is not a function"]);
});

test("a failed first deployment has no revision to roll back to, and no task runs", async () => {
  const { summary, diagnosis, reasons } = await after(firstFails);
  expect(summary).toBe("The first rollout failed, and there is no revision to roll back to; no task runs.");
  expect(diagnosis).toBe("container orders ends with exit code 78");
  expect(reasons).toContain("No rollback candidate was found to run the rollback.");
});

test("the status after a time-out contains both running revisions, and the log of the task that is not healthy", async () => {
  const { summary, logs } = await after(neverReady);
  expect(summary).toBe(
    "The rollout has not completed in time; " +
      "shop-orders-task-dev01:42 runs (1 of 1 tasks), shop-orders-task-dev01:41 runs (1 of 1 tasks).",
  );
  expect(logs[0]?.lines).toEqual(["migrating the database: 3 of 90"]);
});

test("tasks that stopped before the rollout are not reported", async () => {
  const older = crashes.polls.map((poll) => ({
    ...poll,
    tasks: poll.tasks.map((task) => ({ ...task, createdAt: new Date(0) })),
  }));
  expect((await after({ polls: older })).stopped).toEqual([]);
});

test("an alarm is reported where service deployments cannot be read", async () => {
  expect((await after(withoutPermission(alarm))).diagnosis).toBe("alarm shop-target-5xx-dev01 is in state ALARM");
});

test("the exit of a program takes precedence over the health checks that fail because of it", async () => {
  const unanswered = targetUnhealthy.polls.map(({ service }) => service);
  const polls = crashes.polls.map((poll, index) => ({ ...poll, service: unanswered[index] }));
  expect((await after({ polls })).diagnosis).toBe("container orders ends with exit code 1");
});

test("an earlier rollback is not attributed to a rollout that ListServiceDeployments does not list yet", async () => {
  const earlier = { ...serviceDeployment("ROLLBACK_SUCCESSFUL"), finishedAt: at(-60) };
  const polls = success.polls.map((poll, index) => (index < 2 ? { ...poll, serviceDeployment: earlier } : poll));
  expect((await after({ polls })).outcome).toBe("succeeded");
});

test("the outcome is reported when the log cannot be read, with a note", async () => {
  aws.once.set("GetLogEvents", { __type: "AccessDeniedException", message: "not authorized" });
  const { outcome, notes } = await after(crashes);
  expect(outcome).toBe("rolled-back");
  expect(notes).toEqual([
    "the log could not be read: these credentials may not call logs:GetLogEvents; not authorized",
  ]);
});
