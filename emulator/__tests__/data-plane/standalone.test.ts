import { setTimeout as sleep } from "node:timers/promises";
import { CloudWatchLogsClient, CreateLogGroupCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeTasksCommand,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
  type ListTasksCommandInput,
  type Task,
  type TaskOverride,
} from "@aws-sdk/client-ecs";
import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { emulatorForSuite, refusal } from "../running-emulator";
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

  const run = async (
    container: Partial<ContainerDefinition>,
    overrides?: TaskOverride,
    others?: ContainerDefinition[],
  ): Promise<string> => {
    const taskDefinition = await deployment.taskDefinition({ logConfiguration, ...container }, role, others);
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
  const logged = async (arn: string): Promise<unknown[]> => {
    const logStreamName = `tasks/web/${arn.split("/").at(-1) ?? ""}`;
    const { events = [] } = await logs().send(new GetLogEventsCommand({ logGroupName: "/tasks", logStreamName }));
    return events.map(({ message }) => message);
  };
  const listed = async (filters: Partial<ListTasksCommandInput>): Promise<string[]> => {
    const { taskArns = [] } = await deployment.ecs.send(new ListTasksCommand({ cluster: "main", ...filters }));
    return taskArns;
  };
  const node = (script: string): string[] => ["node", "-e", script];

  it("run the command of the container in place of the image's, with its variables, and log under the id of the task", async () => {
    const environment = [{ name: "LEVEL", value: "debug" }];
    const arn = await run({ command: node("console.log(process.env.LEVEL)"), environment });
    expect(await ended(arn)).toMatchObject({
      stopCode: "EssentialContainerExited",
      containers: [{ name: "web", exitCode: 0 }],
    });
    expect(await logged(arn)).toEqual(["debug!"]);
  });

  it("have all that they printed in their log once they are STOPPED", async () => {
    const arn = await run({ command: node("for (let line = 1; line <= 30; line++) console.log(line)") });
    await ended(arn);
    expect(await logged(arn)).toEqual(Array.from({ length: 30 }, (_, index) => String(index + 1)));
  });

  it("print more than a pipe holds without a log group", async () => {
    const command = node("process.exitCode = 3; process.stdout.write('x'.repeat(1_000_000))");
    const arn = await run({ logConfiguration: undefined, command });
    expect(await ended(arn)).toMatchObject({ containers: [{ exitCode: 3 }] });
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
    expect(await listed({ family: "echo" })).toContain(arn);
    const stop = { cluster: "main", task: arn.split("/").at(-1), reason: "no longer needed" };
    const { task } = await deployment.ecs.send(new StopTaskCommand(stop));
    expect(task).toMatchObject({ taskArn: arn, desiredStatus: "STOPPED", stopCode: "UserInitiated" });
    expect(await ended(arn)).toMatchObject({
      stopCode: "UserInitiated",
      stoppedReason: "no longer needed",
      containers: [{ lastStatus: "STOPPED", exitCode: 143 }],
    });
    expect(await listed({ family: "echo" })).not.toContain(arn);
    expect(await listed({ family: "echo", desiredStatus: "STOPPED" })).toContain(arn);
    expect(await listed({ family: "other", desiredStatus: "STOPPED" })).toEqual([]);
    expect(await listed({ serviceName: "echo", desiredStatus: "STOPPED" })).toEqual([]);
  });

  it("are not stopped without their id", async () => {
    const stop = new StopTaskCommand({ cluster: "main", task: "0".repeat(32) });
    expect(await refusal(deployment.ecs.send(stop))).toBe("InvalidParameterException");
  });

  it("end all their processes with an essential one", async () => {
    const waits = node("setInterval(() => {}, 1000)");
    const image = "public.example/shop/echo:1";
    const arn = await run({ command: node("setTimeout(() => process.exit(4), 300)") }, undefined, [
      { name: "proxy", image, command: waits },
      { name: "short", image, essential: false, command: node("") },
    ]);
    expect((await ended(arn)).containers).toMatchObject([
      { name: "web", exitCode: 4 },
      { name: "proxy", exitCode: 143 },
      { name: "short", exitCode: 0 },
    ]);
  });

  it("run as often as they are asked for", async () => {
    const taskDefinition = await deployment.taskDefinition();
    const { networkConfiguration } = await deployment.serviceInput(taskDefinition);
    const input = { cluster: "main", taskDefinition, networkConfiguration, launchType: "FARGATE", count: 2 } as const;
    const { tasks = [] } = await deployment.ecs.send(new RunTaskCommand({ ...input, startedBy: "twice" }));
    expect(tasks).toHaveLength(2);
    await Promise.all(tasks.map(({ taskArn = "" }) => ended(taskArn)));
    expect((await listed({ startedBy: "twice", desiredStatus: "STOPPED" })).sort()).toEqual(
      tasks.map(({ taskArn }) => taskArn).sort(),
    );
  });

  it("call AWS with the permissions of their role", async () => {
    const script = `
      const { createHash, createHmac } = require("node:crypto");
      const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = process.env;
      const url = process.env.AWS_ENDPOINT_URL;
      const hmac = (key, text) => createHmac("sha256", key).update(text).digest();
      const sha256 = (text) => createHash("sha256").update(text).digest("hex");
      const time = new Date().toISOString().replace(/[-:]|[.][0-9]+/g, "");
      const scope = time.slice(0, 8) + "/us-east-1/sqs/aws4_request";
      const canonical = ["POST", "/", "", "x-amz-date:" + time, "", "x-amz-date", sha256("{}")].join("\\n");
      const text = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\\n");
      const signature = hmac(scope.split("/").reduce(hmac, "AWS4" + secret), text).toString("hex");
      const signed = ", SignedHeaders=x-amz-date, Signature=" + signature;
      const authorization = "AWS4-HMAC-SHA256 Credential=" + id + "/" + scope + signed;
      const target = { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.ListQueues" };
      const headers = { authorization, "x-amz-date": time, "x-amz-security-token": token, ...target };
      fetch(url, { method: "POST", headers, body: "{}" }).then((answer) => answer.text()).then(console.log);`;
    const arn = await run({ command: node(script) });
    await ended(arn);
    expect((await logged(arn)).join()).toContain("is not authorized to perform: sqs:listqueues");
  });

  it("do not start without a secret of theirs", async () => {
    const valueFrom = "arn:aws:ssm:us-east-1:111122223333:parameter/absent";
    expect(await ended(await run({ secrets: [{ name: "PASSWORD", valueFrom }] }))).toMatchObject({
      stopCode: "TaskFailedToStart",
      stoppedReason: expect.stringContaining("ResourceInitializationError") as string,
    });
  });
});
