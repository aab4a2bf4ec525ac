import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  UpdateServiceCommand,
  type Service,
} from "@aws-sdk/client-ecs";
import { failureThreshold } from "../../data-plane/task/circuit-breaker";
import { emulatorForSuite } from "../running-emulator";
import { Deployment, echoCommands, echoed } from "./deployment";

const fails = { environment: [{ name: "FAILS_AT_START", value: "1" }] };
const cluster = "main";

describe("a deployment of a service", () => {
  const warnings: string[] = [];
  const aws = emulatorForSuite({ commands: echoCommands, warn: (message) => warnings.push(message) });
  const deployment = new Deployment(aws);

  const deployed = async (name: string, taskDefinition: string, rollback?: boolean) => {
    const TargetGroupArn = await deployment.targetGroup(name);
    const { dnsName } = await deployment.balancer(name, [{ Type: "forward", TargetGroupArn }]);
    const circuitBreaker = rollback === undefined ? undefined : { enable: true, rollback };
    const deploymentConfiguration = { deploymentCircuitBreaker: circuitBreaker };
    const service = await deployment.service(TargetGroupArn, taskDefinition, { deploymentConfiguration });
    return { service, url: `http://${dnsName}/` };
  };
  const update = (service: string, taskDefinition: string) =>
    deployment.ecs.send(new UpdateServiceCommand({ cluster, service, taskDefinition }));
  const described = async (service: string): Promise<Service> =>
    (await deployment.ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))).services?.[0] ?? {};
  const reached = async (service: string, message: RegExp): Promise<Service> => {
    for (let attempt = 0; attempt < 100; attempt++) {
      const found = await described(service);
      if (found.events?.some((event) => message.test(event.message ?? ""))) return found;
      await sleep(100);
    }
    throw new Error(`the service ${service} has no event ${message.source}`);
  };
  const states = ({ deployments = [] }: Service) =>
    deployments.map(({ status, rolloutState, taskDefinition, runningCount, failedTasks }) => ({
      status,
      rolloutState,
      taskDefinition,
      runningCount,
      failedTasks,
    }));

  it("is complete when the process listens", async () => {
    const slow = { environment: [{ name: "LISTENS_AFTER_MS", value: "1500" }] };
    const { service } = await deployed("slow", await deployment.taskDefinition(slow));
    const first = await described(service);
    expect(first).toMatchObject({ runningCount: 0, pendingCount: 1 });
    expect(first.deployments).toMatchObject([{ rolloutState: "IN_PROGRESS", runningCount: 0, pendingCount: 1 }]);
    const [{ id } = {}] = first.deployments ?? [];
    const complete = await reached(service, /steady state/);
    expect(complete).toMatchObject({ runningCount: 1, pendingCount: 0 });
    expect(complete.deployments).toMatchObject([
      { id, rolloutState: "COMPLETED", rolloutStateReason: `ECS deployment ${id ?? ""} completed.`, runningCount: 1 },
    ]);
    expect(complete.events?.map(({ message }) => message)).toEqual([
      `(service ${service}) has reached a steady state.`,
      `(service ${service}) (deployment ${id ?? ""}) deployment completed.`,
    ]);
  });

  it("returns to the former task definition when its tasks fail to start three times", async () => {
    const former = await deployment.taskDefinition();
    const { service, url } = await deployed("rollback", former, true);
    const [before] = (await reached(service, /steady state/)).deployments ?? [];
    const { pid } = await echoed(await aws.request(url));
    const failing = await update(service, await deployment.taskDefinition(fails));
    const [failed] = failing.service?.deployments ?? [];
    await reached(service, /rolling back to deployment/);
    while ((await described(service)).deployments?.[0]?.rolloutState !== "COMPLETED") await sleep(100);
    const complete = await described(service);
    const [back] = complete.deployments ?? [];
    expect(complete.taskDefinition).toBe(former);
    expect(states(complete)).toEqual([
      { status: "PRIMARY", rolloutState: "COMPLETED", taskDefinition: former, runningCount: 1, failedTasks: 0 },
    ]);
    expect(complete.events?.slice(0, 4).map(({ message = "" }) => message)).toEqual(
      [
        "has reached a steady state.",
        `(deployment ${back?.id ?? ""}) deployment completed.`,
        `rolling back to deployment ${before?.id ?? ""}.`,
        `(deployment ${failed?.id ?? ""}) deployment failed: tasks failed to start.`,
      ].map((message) => `(service ${service}) ${message}`),
    );
    expect((await echoed(await aws.request(url))).pid).toBe(pid);
  });

  it("stays failed without a rollback, and the former process serves", async () => {
    const former = await deployment.taskDefinition();
    const { service, url } = await deployed("failed", former, false);
    await reached(service, /steady state/);
    const { pid } = await echoed(await aws.request(url));
    const failing = await deployment.taskDefinition(fails);
    await update(service, failing);
    const failed = await reached(service, /deployment failed: tasks failed to start\.$/);
    expect(states(failed)).toEqual([
      { status: "PRIMARY", rolloutState: "FAILED", taskDefinition: failing, runningCount: 0, failedTasks: 3 },
      { status: "ACTIVE", rolloutState: "COMPLETED", taskDefinition: former, runningCount: 1, failedTasks: 0 },
    ]);
    expect((await echoed(await aws.request(url))).pid).toBe(pid);
  });

  it("stays failed when there is none before it, and no request starts its process", async () => {
    const { service, url } = await deployed("first", await deployment.taskDefinition(fails), true);
    const failed = await reached(service, /deployment failed/);
    expect(states(failed)).toMatchObject([{ rolloutState: "FAILED", failedTasks: 3 }]);
    const response = await aws.request(url);
    expect(response.status).toBe(503);
    const answer = await response.text();
    expect(answer).toContain("the deployment of the task definition has failed");
    expect(answer).toContain("the process ended with exit code 1: no database");
  });

  it("shows why its tasks stopped", async () => {
    const taskDefinition = await deployment.taskDefinition(fails);
    const { service } = await deployed("stopped", taskDefinition, true);
    const { deployments = [], events = [] } = await reached(service, /deployment failed/);
    const list = { cluster, serviceName: service, desiredStatus: "STOPPED" } as const;
    const { taskArns = [] } = await deployment.ecs.send(new ListTasksCommand(list));
    expect(taskArns).toHaveLength(3);
    const { tasks, failures } = await deployment.ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
    expect(failures).toEqual([]);
    expect(tasks?.[0]).toMatchObject({
      taskDefinitionArn: taskDefinition,
      group: `service:${service}`,
      startedBy: deployments[0]?.id,
      lastStatus: "STOPPED",
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      containers: [{ name: "web", exitCode: 1 }],
    });
    const id = taskArns[0]?.split("/").at(-1) ?? "";
    expect(events.map(({ message }) => message)).toContain(`(service ${service}) has started 1 tasks: (task ${id}).`);
    expect(warnings).toContain(`A task of ${service} did not start: the process ended with exit code 1: no database`);
    const running = { cluster, serviceName: service };
    expect((await deployment.ecs.send(new ListTasksCommand(running))).taskArns).not.toContain(taskArns[0]);
  });

  it("is not replaced by an older one that starts later", async () => {
    const { service, url } = await deployed("order", await deployment.taskDefinition());
    await reached(service, /steady state/);
    const slow = { environment: [{ name: "LISTENS_AFTER_MS", value: "3000" }] };
    await update(service, await deployment.taskDefinition(slow));
    await update(service, await deployment.taskDefinition({ environment: [{ name: "NEWEST", value: "1" }] }));
    const newest = await echoed(await aws.request(url));
    expect(newest.environment.NEWEST).toBe("1");
    await sleep(4000);
    expect((await echoed(await aws.request(url))).pid).toBe(newest.pid);
  });

  it("goes on without a circuit breaker, and starts tasks again", async () => {
    const { service } = await deployed("throttled", await deployment.taskDefinition(fails));
    const throttled = await reached(service, /is unable to consistently start tasks successfully/);
    expect(throttled.deployments).toMatchObject([{ status: "PRIMARY", rolloutState: "IN_PROGRESS" }]);
  });

  it("is complete at once when the image has no command", async () => {
    const other = await deployment.taskDefinition({ image: "shop/other:1" });
    const { service } = await deployed("other", other, true);
    expect((await described(service)).deployments).toMatchObject([{ rolloutState: "COMPLETED", runningCount: 1 }]);
  });
});

describe("the threshold of the circuit breaker", () => {
  it("is half of the desired tasks, and from 3 to 200", () => {
    expect([1, 5, 6, 7, 25, 400, 800].map(failureThreshold)).toEqual([3, 3, 3, 4, 13, 200, 200]);
  });
});
