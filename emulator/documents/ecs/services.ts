import { list, object, objects, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { invalidParameter as invalid } from "../refusals";
import { isOutside, isSet, numberOf } from "../values";

/** Where the tasks of a service or a standalone task run, and with which network. */
export const placement: DocumentCheck = {
  service: "ecs",
  operations: ["CreateService", "RunTask", "UpdateService"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
  check: (input) => firstRefusal([capacity, strategy, fargatePlacement, network], input),
};

/** How a service replaces its tasks. */
export const deployments: DocumentCheck = {
  service: "ecs",
  operations: ["CreateService", "UpdateService"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html",
  check: percents,
};

/** The network of tasks on Fargate. */
export const fargateNetworks: DocumentCheck = {
  service: "ecs",
  operations: ["CreateService", "RunTask"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
  check: fargateNetwork,
};

/** What a new service needs that an update of one can leave out. */
export const newServices: DocumentCheck = {
  service: "ecs",
  operations: ["CreateService"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
  check: (input) => firstRefusal([loadBalancers, daemons, defaultPercents], input),
};

/** Values of the settings of a cluster. */
export const clusterSettings: DocumentCheck = {
  service: "ecs",
  operations: ["CreateCluster", "UpdateCluster", "UpdateClusterSettings"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ClusterSetting.html",
  check: ({ settings }) =>
    objects(settings).some(
      ({ name, value }) => name === "containerInsights" && !["enabled", "disabled", "enhanced"].includes(text(value)),
    )
      ? invalid("Invalid value for setting containerInsights. Valid values are enabled, disabled, enhanced.")
      : undefined,
};

/** Where a cluster logs the commands of ECS Exec. */
export const execLogging: DocumentCheck = {
  service: "ecs",
  operations: ["CreateCluster", "UpdateCluster"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommandConfiguration.html",
  check: ({ configuration }) => {
    const { logging, logConfiguration } = object(object(configuration).executeCommandConfiguration);
    const isGiven = Object.values(object(logConfiguration)).some(isSet);
    if (isGiven && (logging === "NONE" || logging === "DEFAULT")) {
      return invalid("You must set logging to 'OVERRIDE' when you supply a log configuration.");
    }
    return logging === "OVERRIDE" && !isGiven
      ? invalid("You must supply a log configuration when you set logging to 'OVERRIDE'.")
      : undefined;
  },
};

function capacity({ launchType, capacityProviderStrategy }: JsonObject): Refusal | undefined {
  return text(launchType) !== "" && list(capacityProviderStrategy).length > 0
    ? invalid(
        "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
      )
    : undefined;
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
function strategy({ capacityProviderStrategy }: JsonObject): Refusal | undefined {
  const items = objects(capacityProviderStrategy);
  if (items.length === 0) return undefined;
  if (items.filter(({ base }) => (numberOf(base) ?? 0) > 0).length > 1) {
    return invalid("Only one capacity provider in a capacity provider strategy can have a base defined.");
  }
  return items.length > 1 && items.every(({ weight }) => (numberOf(weight) ?? 0) === 0)
    ? invalid("At least one capacity provider in a capacity provider strategy must have a weight greater than 0.")
    : undefined;
}

function fargatePlacement({ launchType, placementConstraints, placementStrategy }: JsonObject): Refusal | undefined {
  if (launchType !== "FARGATE") return undefined;
  if (list(placementConstraints).length > 0) {
    return invalid("Placement constraints are not supported with FARGATE launch type.");
  }
  return list(placementStrategy).length > 0
    ? invalid("Placement strategies are not supported with FARGATE launch type.")
    : undefined;
}

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
function network({ launchType, networkConfiguration }: JsonObject): Refusal | undefined {
  if (!isSet(networkConfiguration)) return undefined;
  const { subnets, securityGroups, assignPublicIp } = object(object(networkConfiguration).awsvpcConfiguration);
  if (list(subnets).length === 0) return invalid("subnets can not be empty.");
  if (list(subnets).length > 16) return invalid("subnets can have at most 16 items.");
  if (list(securityGroups).length > 5) return invalid("securityGroups can have at most 5 items.");
  return launchType === "EC2" && assignPublicIp === "ENABLED"
    ? invalid("Assign public IP is not supported for this launch type.")
    : undefined;
}

function fargateNetwork(input: JsonObject): Refusal | undefined {
  return isOnFargate(input) && !isSet(input.networkConfiguration)
    ? invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    : undefined;
}

function isOnFargate({ launchType, capacityProviderStrategy }: JsonObject): boolean {
  const providers = objects(capacityProviderStrategy).map(({ capacityProvider }) => text(capacityProvider));
  return launchType === "FARGATE" || providers.some((name) => /^FARGATE(_SPOT)?$/.test(name));
}

function loadBalancers({ loadBalancers: all, healthCheckGracePeriodSeconds }: JsonObject): Refusal | undefined {
  if (objects(all).length === 0) {
    return (numberOf(healthCheckGracePeriodSeconds) ?? 0) > 0
      ? invalid("Health check grace period is only valid for services configured to use load balancers")
      : undefined;
  }
  if (objects(all).some(({ containerName }) => text(containerName) === "")) {
    return invalid("Container name can not be blank.");
  }
  return objects(all).some(({ containerPort }) => !isSet(containerPort) || isOutside(containerPort, 1, 65535))
    ? invalid("Container port must be between 1 and 65535.")
    : undefined;
}

function daemons(input: JsonObject): Refusal | undefined {
  const { schedulingStrategy, desiredCount } = input;
  if (schedulingStrategy !== "DAEMON") return undefined;
  if (isOnFargate(input)) {
    return invalid("The daemon scheduling strategy is not supported with FARGATE launch type.");
  }
  return isSet(desiredCount)
    ? invalid("The daemon scheduling strategy does not support a desired count for services. Remove it and try again.")
    : undefined;
}

/** A new service has the default of each percent that it leaves out. */
function defaultPercents(input: JsonObject): Refusal | undefined {
  if (!isSet(input.deploymentConfiguration)) return undefined;
  const { maximumPercent = 200, minimumHealthyPercent = 100, strategy: kind } = object(input.deploymentConfiguration);
  const { schedulingStrategy, deploymentController } = input;
  return percents({
    schedulingStrategy,
    deploymentController,
    deploymentConfiguration: { maximumPercent, minimumHealthyPercent, strategy: kind },
  });
}

function percents({
  deploymentConfiguration,
  deploymentController,
  schedulingStrategy,
}: JsonObject): Refusal | undefined {
  const { maximumPercent, minimumHealthyPercent, strategy: kind } = object(deploymentConfiguration);
  const maximum = numberOf(maximumPercent);
  const minimum = numberOf(minimumHealthyPercent);
  // A daemon's maximum is 100, and the percents do not apply to shifting traffic, nor to other controllers.
  if (schedulingStrategy === "DAEMON" || !["", "ROLLING"].includes(text(kind))) return undefined;
  if (!["", "ECS"].includes(text(object(deploymentController).type))) return undefined;
  if (isOutside(minimum, 0, Infinity) || isOutside(maximum, 1, Infinity)) {
    return invalid("minimumHealthyPercent must not be negative, and maximumPercent must be positive.");
  }
  if (maximum === undefined || minimum === undefined) return undefined;
  if (maximum === 100 && minimum === 100) {
    return invalid("Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.");
  }
  return maximum < minimum
    ? invalid("maximumPercent must be greater than or equal to minimumHealthyPercent.")
    : undefined;
}
