import { fargate } from "../../documents/ecs/fargate";
import { taskSize } from "../../documents/ecs/task-size";
import { list, object, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { completedInput } from "./changes";
import { reference, service } from "./reference";
import { definitionOf } from "./tasks";

/** Rules between a task definition and the service or task that uses it. */
export const compatibilityRules: readonly Rule[] = [
  {
    name: "task-network-mode",
    service,
    operations: ["CreateService", "UpdateService", "RunTask"],
    code: "InvalidParameterException",
    rule: "Tasks have a network configuration exactly when their task definition has the network mode awsvpc.",
    source: `${reference}/API_NetworkConfiguration.html`,
    refuse: async (call) => {
      const { taskDefinition, networkConfiguration } = call.input;
      const definition = taskDefinition == null && networkConfiguration == null ? undefined : await definitionOf(call);
      if (!definition) return undefined;
      if (definition.networkMode !== "awsvpc") {
        return networkConfiguration == null
          ? undefined
          : "Network Configuration is not valid for the given networkMode of this task definition.";
      }
      const completed = await completedInput(call);
      return object(completed.networkConfiguration).awsvpcConfiguration == null
        ? "Network Configuration must be provided when networkMode 'awsvpc' is specified."
        : undefined;
    },
  },
  {
    name: "task-definition-not-for-fargate",
    service,
    operations: ["CreateService", "UpdateService", "RunTask"],
    code: "InvalidParameterException",
    rule: "Tasks run on Fargate only when their task definition has what Fargate needs, and nothing that it lacks.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
    refuse: async (call) => {
      const { taskDefinition, launchType, capacityProviderStrategy } = call.input;
      if (taskDefinition == null && launchType == null && capacityProviderStrategy == null) return undefined;
      if (!(await isOnFargate(call))) return undefined;
      const definition = await definitionOf(call);
      return definition === undefined || isForFargate(definition)
        ? undefined
        : "Task definition does not support launch_type FARGATE.";
    },
  },
  {
    name: "exec-without-task-role",
    service,
    operations: ["CreateService", "UpdateService", "RunTask"],
    code: "InvalidParameterException",
    rule: "ECS Exec needs a task role.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
    refuse: async (call) => {
      const { enableExecuteCommand, overrides } = call.input;
      if (enableExecuteCommand !== true || text(object(overrides).taskRoleArn) !== "") return undefined;
      const definition = await definitionOf(call);
      if (!definition || text(definition.taskRoleArn) !== "") return undefined;
      const what = {
        RunTask: "The task couldn't be run",
        CreateService: "The service couldn't be created",
        UpdateService: "The service couldn't be updated",
      }[call.operation];
      return `${what ?? ""} because a valid taskRoleArn is not being used. Specify a valid task role in your task definition and try again.`;
    },
  },
  {
    name: "service-target-type",
    service,
    operations: ["CreateService", "UpdateService"],
    code: "InvalidParameterException",
    rule: "Tasks with the network mode awsvpc are targets by IP address, others by instance.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
    refuse: async (call) => {
      if (call.input.taskDefinition == null && call.input.loadBalancers == null) return undefined;
      const { loadBalancers } = await completedInput(call);
      const balanced = objects(loadBalancers).map(({ targetGroupArn }) => text(targetGroupArn));
      const definition = balanced.length === 0 ? undefined : await definitionOf(call);
      if (!definition) return undefined;
      const mode = text(definition.networkMode) || "bridge";
      for (const arn of balanced) {
        const type = await targetTypeOf(call, arn);
        if (!["ip", "instance"].includes(type) || (type === "ip") === (mode === "awsvpc")) continue;
        return `The provided target group ${arn} has target type ${type}, which is incompatible with the ${mode} network mode specified in the task definition.`;
      }
      return undefined;
    },
  },
  {
    name: "service-connect-port",
    service,
    operations: ["CreateService", "UpdateService"],
    code: "InvalidParameterException",
    rule: "A port of Service Connect is a named port of the task definition.",
    source: `${reference}/API_ServiceConnectService.html`,
    refuse: async (call) => {
      const { enabled, services } = object(call.input.serviceConnectConfiguration);
      if (enabled !== true || objects(services).length === 0) return undefined;
      const definition = await definitionOf(call);
      if (!definition) return undefined;
      const known = objects(definition.containerDefinitions).flatMap(({ portMappings }) =>
        objects(portMappings).map(({ name }) => name),
      );
      const unknown = objects(services).find(({ portName }) => !known.includes(portName));
      return unknown && `The portName '${text(unknown.portName)}' does not exist in the task definition.`;
    },
  },
  {
    name: "service-registry",
    service,
    operations: ["CreateService", "UpdateService"],
    code: "InvalidParameterException",
    rule: "The service registry of a service exists, and has a port of the task definition for SRV records.",
    source: `${reference}/API_ServiceRegistry.html`,
    refuse: async (call) => {
      for (const registry of objects(call.input.serviceRegistries)) {
        const arn = text(registry.registryArn);
        const { Service } = await call.ask("GetService", { Id: arn.split("/").at(-1) }, "servicediscovery");
        if (Service === undefined) return `The service registry ${arn} does not exist.`;
        const hasPort = registry.port !== undefined || registry.containerPort !== undefined;
        if (!hasPort && hasSrvRecords(object(Service))) {
          return `The service registry ${arn} has SRV records, for which a port or a containerName and containerPort must be specified.`;
        }
        const { containerDefinitions } = (await definitionOf(call)) ?? {};
        const isUnknown =
          containerDefinitions !== undefined &&
          registry.containerName !== undefined &&
          !objects(containerDefinitions).some(({ name }) => name === registry.containerName);
        if (isUnknown) return `The container ${text(registry.containerName)} does not exist in the task definition.`;
      }
      return undefined;
    },
  },
];

/** Whether tasks start on Fargate: by what the call gives, or else the service that it updates, or else the cluster. */
async function isOnFargate(call: RuleCall): Promise<boolean> {
  const given = call.input;
  const isGiven = text(given.launchType) !== "" || objects(given.capacityProviderStrategy).length > 0;
  const { launchType, capacityProviderStrategy } = isGiven ? given : await completedInput(call);
  let providers = objects(capacityProviderStrategy);
  if (providers.length === 0) {
    if (text(launchType) !== "") return launchType === "FARGATE";
    const { clusters } = await call.ask("DescribeClusters", { clusters: [text(given.cluster) || "default"] });
    providers = objects(objects(clusters)[0]?.defaultCapacityProviderStrategy);
  }
  return providers.some(({ capacityProvider }) => /^FARGATE(_SPOT)?$/.test(text(capacityProvider)));
}

// One that requires Fargate was checked when it was registered.
function isForFargate(definition: JsonObject): boolean {
  if (list(definition.requiresCompatibilities).includes("FARGATE")) return true;
  const onFargate = { ...definition, requiresCompatibilities: ["FARGATE"] };
  return [fargate, taskSize].every(({ check }) => check(onFargate) === undefined);
}

async function targetTypeOf({ ask }: RuleCall, arn: string): Promise<string> {
  const { TargetGroups } = await ask("DescribeTargetGroups", { TargetGroupArns: [arn] }, "elasticloadbalancing");
  return text(objects(TargetGroups)[0]?.TargetType);
}

function hasSrvRecords({ DnsConfig }: JsonObject): boolean {
  return objects(object(DnsConfig).DnsRecords).some(({ Type }) => Type === "SRV");
}
