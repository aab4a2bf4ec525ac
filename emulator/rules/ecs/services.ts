import { isJsonObject, list, object, objects, scalarText, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { trustsService } from "../trust";
import { reference, service } from "./reference";
import { loadBalancersOf } from "../elastic-load-balancing/resources";
import { completedInput } from "./changes";
import { definitionOf } from "./tasks";

/** Rules on the creation and change of services. */
export const serviceRules: readonly Rule[] = [
  {
    name: "service-name-in-use",
    service,
    operations: ["CreateService"],
    code: "InvalidParameterException",
    rule: "A cluster has one service of a name that is active or draining.",
    source: `${reference}/API_CreateService.html`,
    refuse: async (call) => {
      const status = await statusOf(call, call.input.serviceName);
      if (status === "ACTIVE") return "Creation of service was not idempotent.";
      return status === "DRAINING" ? "Unable to Start a service that is still Draining." : undefined;
    },
  },
  {
    name: "service-not-active",
    service,
    operations: ["UpdateService"],
    code: "ServiceNotActiveException",
    rule: "A service that is draining or deleted cannot be updated.",
    source: `${reference}/API_UpdateService.html`,
    refuse: async (call) => {
      const status = await statusOf(call, call.input.service);
      return status === "DRAINING" || status === "INACTIVE" ? "Service was not ACTIVE." : undefined;
    },
  },
  {
    name: "service-target-group-without-listener",
    service,
    operations: ["CreateService", "UpdateService"],
    code: "InvalidParameterException",
    rule: "A target group must be in an action of a listener before a service uses it.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
    refuse: async (call) => {
      for (const { targetGroupArn } of objects(call.input.loadBalancers)) {
        const arn = text(targetGroupArn);
        // moto does not update the LoadBalancerArns of a target group when an action changes.
        if (arn === "" || (await loadBalancersOf(call.ask, arn)).length > 0) continue;
        const { TargetGroups } = await call.ask(
          "DescribeTargetGroups",
          { TargetGroupArns: [arn] },
          "elasticloadbalancing",
        );
        return list(TargetGroups).length === 0
          ? "The specified target group does not exist."
          : `The target group with targetGroupArn ${arn} does not have an associated load balancer.`;
      }
      return undefined;
    },
  },
  {
    name: "service-container-not-in-task-definition",
    service,
    operations: ["CreateService", "UpdateService"],
    code: "InvalidParameterException",
    rule: "The container and the port of a service's load balancer must be in its task definition, also in a new one.",
    source: `${reference}/API_LoadBalancer.html`,
    refuse: async (call) => {
      const { taskDefinition, loadBalancers } = call.input;
      const definition = taskDefinition == null && loadBalancers == null ? undefined : await definitionOf(call);
      if (!definition) return undefined;
      for (const { containerName, containerPort } of objects((await completedInput(call)).loadBalancers)) {
        const container = objects(definition.containerDefinitions).find(({ name }) => name === containerName);
        if (!container) return `The container ${text(containerName)} does not exist in the task definition.`;
        if (!objects(container.portMappings).some((mapping) => hasPort(mapping, containerPort))) {
          return `The container ${text(containerName)} did not have a container port ${scalarText(containerPort)} defined.`;
        }
      }
      return undefined;
    },
  },
  {
    name: "service-connect-namespace",
    service,
    operations: ["CreateCluster", "UpdateCluster", "CreateService", "UpdateService"],
    code: "NamespaceNotFoundException",
    rule: "The namespace of Service Connect must exist; a cluster creates one that it has only a name of.",
    source: `${reference}/API_CreateService.html`,
    refuse: async ({ input, ask }) => {
      const namespace = namespaceOf(input);
      if (namespace === "") return undefined;
      const { Namespaces } = await ask("ListNamespaces", {}, "servicediscovery");
      return objects(Namespaces).some(({ Name, Arn }) => Name === namespace || Arn === namespace)
        ? undefined
        : `The namespace ${namespace} was not found.`;
    },
  },
  {
    // ECS assumes the role in deployments.
    name: "infrastructure-role-trust",
    service,
    operations: ["CreateService", "UpdateService"],
    code: "InvalidParameterException",
    rule: "The infrastructure role of a service must trust ecs.amazonaws.com.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html",
    refuse: async (call) => {
      for (const arn of infrastructureRoles(call.input)) {
        if (!(await trustsService(call, arn, "ecs.amazonaws.com", { later: true }))) {
          return `ECS was unable to assume the configured ECS Infrastructure Role '${arn}'. Please verify that the role being passed has the proper trust relationship with Amazon ECS.`;
        }
      }
      return undefined;
    },
  },
];

/** The namespace that a call uses; "" when it uses none, or creates it. */
function namespaceOf({ serviceConnectConfiguration, serviceConnectDefaults }: JsonObject): string {
  const { enabled, namespace } = object(serviceConnectConfiguration);
  if (enabled === true) return text(namespace);
  const name = text(object(serviceConnectDefaults).namespace);
  return name.startsWith("arn:") ? name : "";
}

async function statusOf({ input, ask }: RuleCall, name: JsonObject[string]): Promise<string> {
  const { services } = await ask("DescribeServices", { cluster: input.cluster, services: [name] });
  return text(objects(services)[0]?.status);
}

function hasPort({ containerPort, containerPortRange }: JsonObject, port: JsonObject[string]): boolean {
  const [first = "", last = ""] = text(containerPortRange).split("-");
  return containerPort === port || (last !== "" && Number(port) >= Number(first) && Number(port) <= Number(last));
}

function infrastructureRoles({ loadBalancers, volumeConfigurations, vpcLatticeConfigurations }: JsonObject): string[] {
  const configurations = [
    ...objects(loadBalancers).map(({ advancedConfiguration }) => advancedConfiguration),
    ...objects(volumeConfigurations).map(({ managedEBSVolume }) => managedEBSVolume),
    ...objects(vpcLatticeConfigurations),
  ];
  return configurations.filter(isJsonObject).flatMap(({ roleArn }) => (typeof roleArn === "string" ? [roleArn] : []));
}
