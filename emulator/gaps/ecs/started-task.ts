import { randomUUID } from "node:crypto";
import type { AwsRequest } from "../../proxy/gap";
import { objects, pick, text, type JsonObject } from "../../wire/json";
import { nameOf } from "./listed-tasks";

/** A standalone task as RunTask describes it. */
export function startedTask(
  { account, region }: AwsRequest,
  input: JsonObject,
  { taskDefinitionArn, family, containerDefinitions }: JsonObject,
): JsonObject {
  const cluster = nameOf(text(input.cluster ?? "default"));
  const prefix = `arn:aws:ecs:${region}:${account}`;
  return {
    group: `family:${text(family)}`,
    ...pick(input, ["startedBy", "launchType", "tags", "group"]),
    taskArn: `${prefix}:task/${cluster}/${randomUUID().replaceAll("-", "")}`,
    clusterArn: `${prefix}:cluster/${cluster}`,
    taskDefinitionArn,
    desiredStatus: "RUNNING",
    lastStatus: "PROVISIONING",
    createdAt: Date.now() / 1000,
    containers: objects(containerDefinitions).map(({ name, image }) => ({ name, image, lastStatus: "PENDING" })),
  };
}

/** A standalone task whose containers have ended at once. */
export function stoppedTask(task: JsonObject): JsonObject {
  return {
    ...task,
    desiredStatus: "STOPPED",
    lastStatus: "STOPPED",
    stopCode: "EssentialContainerExited",
    stoppedReason: "Essential container in task exited",
    stoppedAt: Date.now() / 1000,
    containers: objects(task.containers).map((container) => ({ ...container, lastStatus: "STOPPED", exitCode: 0 })),
  };
}
