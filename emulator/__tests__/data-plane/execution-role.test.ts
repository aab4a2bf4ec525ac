import { setTimeout as sleep } from "node:timers/promises";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type ContainerDefinition,
  type Task,
} from "@aws-sdk/client-ecs";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { emulatorForSuite } from "../running-emulator";
import { Deployment, executionActions } from "./deployment";

const ecrActions = ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

describe("the execution role of a task", () => {
  const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/echo:1";
  const warnings: string[] = [];
  const commands = { "shop/echo": { command: ["node", "-e", "console.log(process.env.SECRET ?? '')"] } };
  const aws = emulatorForSuite({ commands, warn: (message) => warnings.push(message) });
  const deployment = new Deployment(aws);
  const logGroup = (name: string): ContainerDefinition["logConfiguration"] => ({
    logDriver: "awslogs",
    options: { "awslogs-group": name, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "tasks" },
  });
  let secretArn: string;

  beforeAll(async () => {
    await new CloudWatchLogsClient(aws.client()).send(new CreateLogGroupCommand({ logGroupName: "/tasks" }));
    const secret = new CreateSecretCommand({ Name: "database", SecretString: "s3cret" });
    secretArn = (await new SecretsManagerClient(aws.client()).send(secret)).ARN ?? "";
    const parameter = { Name: "/shop/level", Value: "debug", Type: "SecureString" } as const;
    await new SSMClient(aws.client()).send(new PutParameterCommand(parameter));
  });

  let count = 0;
  const stopped = async (actions: readonly string[], container: Partial<ContainerDefinition>): Promise<Task> => {
    const executionRoleArn = await deployment.taskRole(`execution-${count++}`, actions);
    const { taskDefinition } = await deployment.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: "echo",
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        cpu: "256",
        memory: "512",
        executionRoleArn,
        containerDefinitions: [{ name: "web", image: "public.example/shop/echo:1", ...container }],
      }),
    );
    const { taskDefinitionArn = "" } = taskDefinition ?? {};
    const { cluster, networkConfiguration } = await deployment.serviceInput(taskDefinitionArn);
    const input = { cluster, taskDefinition: taskDefinitionArn, networkConfiguration, launchType: "FARGATE" } as const;
    const { tasks: [{ taskArn = "" } = {}] = [] } = await deployment.ecs.send(new RunTaskCommand(input));
    for (;;) {
      const { tasks } = await deployment.ecs.send(new DescribeTasksCommand({ cluster, tasks: [taskArn] }));
      if (tasks?.[0]?.lastStatus === "STOPPED") return tasks[0];
      await sleep(50);
    }
  };
  const without = (action: string): string[] => [...executionActions, ...ecrActions].filter((each) => each !== action);
  const refused = (pattern: RegExp) => ({
    stopCode: "TaskFailedToStart",
    stoppedReason: expect.stringMatching(pattern) as string,
  });

  it("allows secrets, parameters, the image and the log group", async () => {
    const secrets = [
      { name: "SECRET", valueFrom: secretArn },
      { name: "LEVEL", valueFrom: "/shop/level" },
      { name: "OTHER", valueFrom: "arn:aws:ssm:us-east-1:111122223333:parameter/shop/level" },
    ];
    const container = { image, secrets, logConfiguration: logGroup("/tasks") };
    expect(await stopped([...executionActions, ...ecrActions], container)).toMatchObject({
      stopCode: "EssentialContainerExited",
    });
  });

  it("stops a task whose secret it may not read", async () => {
    const container = { secrets: [{ name: "SECRET", valueFrom: `${secretArn}:password::` }] };
    expect(await stopped(without("secretsmanager:GetSecretValue"), container)).toMatchObject(
      refused(
        /^ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: .*failed to fetch secret arn:aws:secretsmanager:us-east-1:111122223333:secret:database-\w{6} from secrets manager: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role\/execution-\d+\/\w{32} is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:us-east-1:111122223333:secret:database-\w{6} because no identity-based policy allows the secretsmanager:GetSecretValue action$/,
      ),
    );
  });

  it("stops a task whose parameter it may not read", async () => {
    const container = { secrets: [{ name: "LEVEL", valueFrom: "/shop/level" }] };
    expect(await stopped(without("ssm:GetParameters"), container)).toMatchObject(
      refused(
        /unable to retrieve secrets from ssm: .*ssm:GetParameters on resource: arn:aws:ssm:us-east-1:111122223333:parameter\/shop\/level /,
      ),
    );
  });

  it("stops a task whose image it may not pull", async () => {
    expect(await stopped(without("ecr:GetAuthorizationToken"), { image })).toMatchObject(
      refused(/unable to retrieve ecr registry auth: .*AccessDeniedException: .*ecr:GetAuthorizationToken/),
    );
    expect(await stopped(without("ecr:BatchGetImage"), { image })).toMatchObject(
      refused(/^CannotPullContainerError: .*403 Forbidden.*ecr:BatchGetImage on resource: \S+:repository\/shop\/echo /),
    );
  });

  it("stops a task whose log stream it may not create", async () => {
    const container = { logConfiguration: logGroup("/tasks") };
    expect(await stopped(without("logs:CreateLogStream"), container)).toMatchObject(
      refused(
        /^ResourceInitializationError: failed to validate logger args: .*AccessDeniedException: .*logs:CreateLog/,
      ),
    );
  });

  it("runs a task whose lines it may not write, and the emulator says so", async () => {
    const container = { logConfiguration: logGroup("/tasks") };
    expect(await stopped(without("logs:PutLogEvents"), container)).toMatchObject({
      stopCode: "EssentialContainerExited",
    });
    expect(warnings.join("\n")).toMatch(/The log group \/tasks gets no lines of echo: .*logs:PutLogEvents/);
  });

  it("stops a task whose log group does not exist", async () => {
    expect(await stopped(executionActions, { logConfiguration: logGroup("/absent") })).toMatchObject(
      refused(/ResourceNotFoundException: The specified log group does not exist/),
    );
  });
});
