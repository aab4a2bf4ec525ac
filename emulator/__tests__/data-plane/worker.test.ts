import { setTimeout as sleep } from "node:timers/promises";
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  StopTaskCommand,
  type Deployment as ServiceDeployment,
} from "@aws-sdk/client-ecs";
import { emulatorForSuite } from "../running-emulator";
import { Deployment } from "./deployment";

describe("a service without requests", () => {
  const script = `
    console.log("started " + process.pid);
    if (process.env.FAILS) process.exit(1);
    setTimeout(() => process.exit(0), Number(process.env.ENDS_AFTER_MS ?? 60_000));`;
  const aws = emulatorForSuite({ commands: { "shop/echo": { command: [process.execPath, "-e", script] } } });
  const deployment = new Deployment(aws);
  const logs = (): CloudWatchLogsClient => new CloudWatchLogsClient(aws.client());
  const cluster = "main";
  let role: string;
  beforeAll(async () => {
    role = await deployment.taskRole();
  });

  const deployed = async (variables: Readonly<Record<string, string>>, enable = false): Promise<string> => {
    const logGroupName = `/worker/${Object.keys(variables).join() || "plain"}`;
    await logs().send(new CreateLogGroupCommand({ logGroupName }));
    const options = { "awslogs-group": logGroupName, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "tasks" };
    const taskDefinition = await deployment.taskDefinition(
      {
        logConfiguration: { logDriver: "awslogs", options },
        environment: Object.entries(variables).map(([name, value]) => ({ name, value })),
        portMappings: [],
      },
      role,
    );
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable, rollback: false } };
    const input = { ...(await deployment.serviceInput(taskDefinition)), deploymentConfiguration };
    await deployment.ecs.send(new CreateServiceCommand(input));
    return input.serviceName;
  };
  const primary = async (service: string): Promise<ServiceDeployment> => {
    const { services } = await deployment.ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    return services?.[0]?.deployments?.[0] ?? {};
  };
  const reached = async (service: string, state: string): Promise<void> => {
    while ((await primary(service)).rolloutState !== state) await sleep(100);
  };
  const pids = async (logGroupName: string, count: number): Promise<number[]> => {
    for (;;) {
      const { events = [] } = await logs().send(new FilterLogEventsCommand({ logGroupName }));
      if (events.length >= count) return events.map(({ message = "" }) => Number(message.replace("started ", "")));
      await sleep(100);
    }
  };

  it("runs its process until it is deleted", async () => {
    const service = await deployed({});
    await reached(service, "COMPLETED");
    const [pid = 0] = await pids("/worker/plain", 1);
    expect(process.kill(pid, 0)).toBe(true);
    await deployment.ecs.send(new DeleteServiceCommand({ cluster, service, force: true }));
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("starts its process again when that ends, and when its task is stopped", async () => {
    const service = await deployed({ ENDS_AFTER_MS: "2000" });
    await reached(service, "COMPLETED");
    expect(new Set(await pids("/worker/ENDS_AFTER_MS", 2)).size).toBeGreaterThan(1);

    const list = { cluster, serviceName: service };
    const [task = ""] = (await deployment.ecs.send(new ListTasksCommand(list))).taskArns ?? [];
    const stopped = await deployment.ecs.send(new StopTaskCommand({ cluster, task: task.split("/").at(-1) }));
    expect(stopped.task).toMatchObject({ taskArn: task, stopCode: "UserInitiated", desiredStatus: "STOPPED" });
    const [other] = (await deployment.ecs.send(new ListTasksCommand(list))).taskArns ?? [];
    expect(other).not.toBe(task);
    const all = await deployment.ecs.send(new ListTasksCommand({ ...list, desiredStatus: "STOPPED" }));
    expect(all.taskArns).toContain(task);
    const { tasks } = await deployment.ecs.send(new DescribeTasksCommand({ cluster, tasks: [task] }));
    expect(tasks).toMatchObject([{ lastStatus: "STOPPED", stoppedReason: "Task stopped by user" }]);
    await deployment.ecs.send(new DeleteServiceCommand({ cluster, service, force: true }));
  });

  it("fails when its process ends at once", async () => {
    const service = await deployed({ FAILS: "1" }, true);
    await reached(service, "FAILED");
    expect(await pids("/worker/FAILS", 3)).toHaveLength(3);
  });
});
