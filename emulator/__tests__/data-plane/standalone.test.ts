import { setTimeout as sleep } from "node:timers/promises";
import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
  type Task,
  type TaskOverride,
} from "@aws-sdk/client-ecs";
import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { emulatorForSuite } from "../running-emulator";
import { Deployment } from "./deployment";

describe("standalone tasks", () => {
  const aws = emulatorForSuite({
    commands: {
      "shop/echo": {
        command: ["node", "-e", "process.exit(9)"],
        env: ({ LEVEL = "" }) => ({ LEVEL: `${LEVEL}!` }),
      },
    },
  });
  const deployment = new Deployment(aws);
  const logs = (): CloudWatchLogsClient => new CloudWatchLogsClient(aws.client());
  const logConfiguration = {
    logDriver: "awslogs",
    options: { "awslogs-group": "/tasks", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "tasks" },
  } as const;

  let role: string;
  beforeAll(async () => {
    role = await deployment.taskRole();
    await logs().send(new CreateLogGroupCommand({ logGroupName: "/tasks" }));
  });

  const run = async (container: Partial<ContainerDefinition>, overrides?: TaskOverride): Promise<string> => {
    const taskDefinition = await deployment.taskDefinition({ logConfiguration, ...container }, role);
    const { cluster, networkConfiguration } = await deployment.serviceInput(taskDefinition);
    const input = { cluster, taskDefinition, networkConfiguration, launchType: "FARGATE", overrides } as const;
    return (await deployment.ecs.send(new RunTaskCommand(input))).tasks?.[0]?.taskArn ?? "";
  };
  const described = async (arn: string): Promise<Task> => {
    const { tasks = [] } = await deployment.ecs.send(new DescribeTasksCommand({ cluster: "main", tasks: [arn] }));
    return tasks[0] ?? {};
  };
  const ended = async (arn: string): Promise<Task> => {
    for (;;) {
      const task = await described(arn);
      if (task.lastStatus === "STOPPED") return task;
      await sleep(50);
    }
  };
  // Lines are sent some time after they are printed.
  const logged = async (logStreamName: string): Promise<unknown[]> => {
    for (;;) {
      const call = logs().send(new GetLogEventsCommand({ logGroupName: "/tasks", logStreamName }));
      const { events = [] } = await call.catch(() => ({ events: [] }));
      if (events.length > 0) return events.map(({ message }) => message);
      await sleep(50);
    }
  };
  const node = (script: string): string[] => ["node", "-e", script];

  it("run the command of the container in place of the image's, with its variables, and log under the id of the task", async () => {
    const environment = [{ name: "LEVEL", value: "debug" }];
    const arn = await run({ command: node("console.log(process.env.LEVEL)"), environment });
    expect(await ended(arn)).toMatchObject({
      stopCode: "EssentialContainerExited",
      containers: [{ name: "web", exitCode: 0 }],
    });
    const logStreamName = `tasks/web/${arn.split("/").at(-1) ?? ""}`;
    expect(await logged(logStreamName)).toEqual(["debug!"]);
  });

  it("end with the exit code of the image's command", async () => {
    expect(await ended(await run({}))).toMatchObject({ containers: [{ exitCode: 9 }] });
  });

  it("run with the command and the variables of an override", async () => {
    const script = "process.exit(Number(process.env.CODE.replace('!', '')))";
    const override = { name: "web", command: node(script), environment: [{ name: "CODE", value: "7" }] };
    const arn = await run({ environment: [{ name: "CODE", value: "1" }] }, { containerOverrides: [override] });
    expect(await ended(arn)).toMatchObject({ containers: [{ exitCode: 7 }] });
  });

  it("are RUNNING until they are stopped", async () => {
    const arn = await run({ command: node("setInterval(() => {}, 1000)") });
    expect(await described(arn)).toMatchObject({ lastStatus: "RUNNING", containers: [{ lastStatus: "RUNNING" }] });
    await deployment.ecs.send(new StopTaskCommand({ cluster: "main", task: arn }));
    expect(await ended(arn)).toMatchObject({ lastStatus: "STOPPED" });
  });

  it("do not start without a secret of theirs", async () => {
    const valueFrom = "arn:aws:ssm:us-east-1:111122223333:parameter/absent";
    expect(await ended(await run({ secrets: [{ name: "PASSWORD", valueFrom }] }))).toMatchObject({
      stopCode: "TaskFailedToStart",
      stoppedReason: expect.stringContaining("ResourceInitializationError") as string,
    });
  });
});
