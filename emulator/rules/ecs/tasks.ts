import { isJsonObject, object, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { trustsService } from "../trust";
import { reference, service } from "./reference";

/** Rules on the task definition of what starts tasks. */
export const taskRules: readonly Rule[] = [
  {
    name: "task-definition-inactive",
    service,
    operations: ["CreateService", "UpdateService", "RunTask"],
    code: "ClientException",
    rule: "A deregistered task definition starts no new tasks and no new services.",
    source: `${reference}/API_DeregisterTaskDefinition.html`,
    refuse: async (call) => {
      if (call.input.taskDefinition === undefined) return undefined;
      const definition = await definitionOf(call);
      if (!definition) return "TaskDefinition not found.";
      return definition.status === "INACTIVE" ? "TaskDefinition is inactive" : undefined;
    },
  },
  {
    // AWS takes a service with such a role, and then fails to launch each of its tasks. Emulated tasks always run.
    name: "task-role-trust",
    service,
    operations: ["RunTask", "CreateService", "UpdateService"],
    code: "ClientException",
    rule: "The task role and the task execution role must exist and trust ecs-tasks.amazonaws.com.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html",
    refuse: async (call) => {
      const { taskRoleArn, executionRoleArn } = (await definitionOf(call)) ?? {};
      // A service starts its tasks after the call, and again until they run.
      const later = call.operation !== "RunTask";
      // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
      const assumption = { source: "*", service: "ecs", later };
      for (const arn of [taskRoleArn, executionRoleArn].map(text)) {
        if (arn === "" || (await trustsService(call, arn, "ecs-tasks.amazonaws.com", assumption))) continue;
        return `ECS was unable to assume the role '${arn}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`;
      }
      return undefined;
    },
  },
  {
    name: "override-container-unknown",
    service,
    operations: ["RunTask"],
    code: "InvalidParameterException",
    rule: "An override is for a container of the task definition.",
    source: `${reference}/API_ContainerOverride.html`,
    refuse: async (call) => {
      const names = objects(object(call.input.overrides).containerOverrides).map(({ name }) => text(name));
      const definition = names.length === 0 ? undefined : await definitionOf(call);
      if (!definition) return undefined;
      const containers = objects(definition.containerDefinitions).map(({ name }) => text(name));
      const unknown = names.find((name) => name !== "" && !containers.includes(name));
      return unknown === undefined
        ? undefined
        : `Override for container named ${unknown} is not a container in the TaskDefinition.`;
    },
  },
];

/** The task definition that the call names, or of the service that it updates; undefined when there is none. */
export async function definitionOf({ input, ask }: RuleCall): Promise<JsonObject | undefined> {
  let { taskDefinition: name } = input;
  if (name === undefined && input.service !== undefined) {
    const { services } = await ask("DescribeServices", { cluster: input.cluster, services: [input.service] });
    name = objects(services)[0]?.taskDefinition;
  }
  if (name === undefined) return undefined;
  const { taskDefinition } = await ask("DescribeTaskDefinition", { taskDefinition: name });
  return isJsonObject(taskDefinition) ? taskDefinition : undefined;
}
