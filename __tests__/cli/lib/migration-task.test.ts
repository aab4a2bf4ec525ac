import { ClientException, type Task } from "@aws-sdk/client-ecs";
import { copyOf, registerWithImage, failureOf, runTask } from "../../../cli/lib/migration-task";
import { answering } from "../commands/pipeline/answering";

const task = {
  cluster: "shop-ecs-cluster-dev01",
  taskDefinition: "shop-orders-migrate-task-dev01:7",
  networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-1"] } },
  startedBy: "pipeline/c0ffee",
  timeoutMs: 60_000,
};
const taskArn = "arn:aws:ecs:us-east-1:111122223333:task/shop-ecs-cluster-dev01/1";
const started = { RunTask: () => ({ tasks: [{ taskArn }] }) };

/** A clock whose pauses take no time. */
function clock() {
  let now = 0;
  const pause = (ms: number) => Promise.resolve((now += ms));
  return { now: () => new Date(now), pause };
}

describe("the task definition of a migration", () => {
  const definition = {
    taskDefinitionArn: "arn",
    revision: 7,
    status: "ACTIVE" as const,
    registeredBy: "terraform",
    requiresAttributes: [{ name: "x" }],
    compatibilities: ["FARGATE" as const],
    family: "shop-orders-migrate-task-dev01",
    cpu: "256",
    memory: "512",
    networkMode: "awsvpc" as const,
    taskRoleArn: "task-role",
    executionRoleArn: "execution-role",
    volumes: [{ name: "files" }],
    runtimePlatform: { cpuArchitecture: "ARM64" as const },
    requiresCompatibilities: ["FARGATE" as const],
    containerDefinitions: [
      { name: "migrate", image: "old", command: ["node"] },
      { name: "side", image: "other" },
    ],
  };

  it("copies Terraform's with another image for one container, without the fields that ECS sets", () => {
    const copy = copyOf(definition, [{ key: "app", value: "shop" }], "migrate", "new");
    expect(copy).toMatchObject({
      family: definition.family,
      cpu: "256",
      memory: "512",
      taskRoleArn: "task-role",
      executionRoleArn: "execution-role",
      volumes: [{ name: "files" }],
      runtimePlatform: { cpuArchitecture: "ARM64" },
      containerDefinitions: [
        { name: "migrate", image: "new", command: ["node"] },
        { name: "side", image: "other" },
      ],
      tags: [{ key: "app", value: "shop" }],
    });
    for (const added of [
      "taskDefinitionArn",
      "revision",
      "status",
      "registeredBy",
      "requiresAttributes",
      "compatibilities",
    ]) {
      expect(copy).not.toHaveProperty(added);
    }
  });

  it("is refused when the stage was not applied yet", async () => {
    const { clients } = answering({
      DescribeTaskDefinition: () =>
        new ClientException({ $metadata: {}, message: "Unable to describe task definition." }),
    });
    await expect(registerWithImage(clients, "family", "migrate", "new")).rejects.toThrow(
      "there is no task definition family; apply the infrastructure first",
    );
  });
});

describe("the run of a migration", () => {
  it("uses the network of the service, and waits until the task stops", async () => {
    const states = ["PROVISIONING", "RUNNING", "STOPPED"];
    const { clients, calls } = answering({
      ...started,
      DescribeTasks: () => ({ tasks: [{ taskArn, lastStatus: states.shift() }] }),
    });
    expect(await runTask(clients, task, clock())).toMatchObject({ lastStatus: "STOPPED" });
    expect(calls[0]).toMatchObject({
      operation: "RunTask",
      input: {
        launchType: "FARGATE",
        networkConfiguration: task.networkConfiguration,
        taskDefinition: task.taskDefinition,
      },
    });
  });

  it("stops the task after the timeout", async () => {
    const { clients, calls } = answering({
      ...started,
      DescribeTasks: () => ({ tasks: [{ taskArn, lastStatus: "RUNNING" }] }),
      StopTask: () => ({}),
    });
    await expect(runTask(clients, task, clock())).rejects.toThrow(/did not end within 1 minutes, and was stopped/);
    expect(calls.at(-1)).toMatchObject({ operation: "StopTask", input: { task: taskArn } });
  });

  it("reports the reason that ECS did not start it", async () => {
    const { clients } = answering({ RunTask: () => ({ tasks: [], failures: [{ reason: "RESOURCE:CPU" }] }) });
    await expect(runTask(clients, task, clock())).rejects.toThrow(
      "ECS did not start shop-orders-migrate-task-dev01:7: RESOURCE:CPU",
    );
  });
});

describe("the outcome of a migration", () => {
  const ended = (fields: Partial<Task>) =>
    failureOf({ stoppedReason: "Essential container in task exited", ...fields }, "migrate");

  it.each<[string, Partial<Task>, string | undefined]>([
    ["exit code 0", { containers: [{ name: "migrate", exitCode: 0 }] }, undefined],
    [
      "another exit code",
      { containers: [{ name: "migrate", exitCode: 3, reason: "OutOfMemoryError" }] },
      "ended with exit code 3: Essential container in task exited; OutOfMemoryError",
    ],
    [
      "an image that is not there",
      { stoppedReason: "CannotPullContainerError: not found", containers: [{ name: "migrate" }] },
      "never ran: CannotPullContainerError: not found",
    ],
    ["a task without containers", {}, "never ran: Essential container in task exited"],
  ])("of %s", (_, fields, expected) => {
    expect(ended(fields)).toBe(expected);
  });
});
