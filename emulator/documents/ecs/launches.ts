import { list, objects, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { invalidParameter as invalid } from "../refusals";
import { isOutside, isSet } from "../values";

/** Platform version, count and capacity with which tasks are started. */
const starts: DocumentCheck = {
  service: "ecs",
  operations: ["CreateService", "UpdateService", "RunTask"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html",
  check: (input) => firstRefusal([platformOfInstances, platform, desiredCount], input),
};

/** The number of standalone tasks, and by which name they were started. */
const standaloneTasks: DocumentCheck = {
  service: "ecs",
  operations: ["RunTask"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html",
  check: ({ count, startedBy }) => {
    if (isOutside(count, 1, 10)) return invalid("Count must be between 1 and 10.");
    return text(startedBy).length > 128 ? invalid("startedBy can have at most 128 characters.") : undefined;
  },
};

/** The role and the load balancers of a service with network interfaces of its own. */
const serviceRoles: DocumentCheck = {
  service: "ecs",
  operations: ["CreateService"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
  check: ({ role, networkConfiguration, loadBalancers }) => {
    if (text(role) !== "" && isSet(networkConfiguration)) {
      return invalid("You cannot specify an IAM role for services that require a service linked role.");
    }
    if (list(loadBalancers).length > 5) return invalid("A service can have at most 5 target groups.");
    return objects(loadBalancers).some((each) => text(each.targetGroupArn) === "" && text(each.loadBalancerName) === "")
      ? invalid("A target group or a load balancer name must be specified.")
      : undefined;
  },
};

/** The default strategy of a cluster, which uses the cluster's capacity providers. */
const defaultStrategies: DocumentCheck = {
  service: "ecs",
  operations: ["CreateCluster", "PutClusterCapacityProviders"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PutClusterCapacityProviders.html",
  check: ({ capacityProviders, defaultCapacityProviderStrategy }) => {
    const items = objects(defaultCapacityProviderStrategy);
    const other = items.find(({ capacityProvider }) => !list(capacityProviders).includes(capacityProvider));
    if (other) {
      return invalid(`The capacity provider '${text(other.capacityProvider)}' is not associated with the cluster.`);
    }
    return items.filter(({ base }) => typeof base === "number" && base > 0).length > 1
      ? invalid("Only one capacity provider in a capacity provider strategy can have a base defined.")
      : undefined;
  },
};

/** Service registries, of which a service has one. */
const serviceRegistries: DocumentCheck = {
  service: "ecs",
  operations: ["CreateService", "UpdateService"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceRegistry.html",
  check: ({ serviceRegistries: all }) => {
    if (list(all).length > 1) return invalid("A service can have only one service registry.");
    const [registry] = objects(all);
    if (!registry) return undefined;
    if (!/^arn:[\w-]+:servicediscovery:/.test(text(registry.registryArn))) {
      return invalid(`The service registry '${text(registry.registryArn)}' is not valid.`);
    }
    return isSet(registry.port) && isSet(registry.containerPort)
      ? invalid("A service registry cannot have both port and containerPort.")
      : undefined;
  },
};

/** How tasks and services are started. */
export const launches: readonly DocumentCheck[] = [
  starts,
  standaloneTasks,
  serviceRoles,
  defaultStrategies,
  serviceRegistries,
];

function platformOfInstances({ launchType, platformVersion }: JsonObject): Refusal | undefined {
  return text(platformVersion) !== "" && launchType === "EC2"
    ? invalid("The platform version must be null when specifying an EC2 launch type.")
    : undefined;
}

/** 1.0.0 is the version for Windows; those for Linux before 1.3.0 have ended. */
function platform({ platformVersion }: JsonObject): Refusal | undefined {
  return ["", "LATEST", "1.4.0", "1.3.0", "1.0.0"].includes(text(platformVersion).toUpperCase())
    ? undefined
    : { code: "PlatformUnknownException", message: "The specified platform does not exist." };
}

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
function desiredCount({ desiredCount: count }: JsonObject): Refusal | undefined {
  return isOutside(count, 0, 5000) ? invalid("desiredCount must be between 0 and 5000.") : undefined;
}
