import { object, objects, omit, pick, type JsonObject } from "../../wire/json";

const serviceSettings = [
  "availabilityZoneRebalancing",
  "capacityProviderStrategy",
  "deploymentConfiguration",
  "enableECSManagedTags",
  "enableExecuteCommand",
  "healthCheckGracePeriodSeconds",
  "placementConstraints",
  "placementStrategy",
];
const deploymentSettings = ["serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations"];

/** Settings of a service that moto loses. */
export const lostSettings: readonly string[] = [...serviceSettings, ...deploymentSettings, "launchType"];

/**
 * A service with the settings that moto loses, all its tasks running.
 *
 * @param sent the settings with which it was created and updated
 */
export function completeService(service: JsonObject, sent: JsonObject = {}): JsonObject {
  const { desiredCount = 0 } = service;
  const settings = {
    availabilityZoneRebalancing: "DISABLED",
    ...pick(sent, serviceSettings),
    deploymentConfiguration: {
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      ...object(sent.deploymentConfiguration),
    },
    ...(sent.capacityProviderStrategy !== undefined && {
      capacityProviderStrategy: objects(sent.capacityProviderStrategy).map((item) => ({
        base: 0,
        weight: 0,
        ...item,
      })),
    }),
  };
  // A service has either a launch type or capacity providers; moto returns "EC2" for one with neither.
  const launch =
    sent.capacityProviderStrategy === undefined ? pick(service, ["launchType"]) : pick(sent, ["launchType"]);
  const counts = { desiredCount, runningCount: desiredCount, pendingCount: 0 };
  const deployments = objects(service.deployments).map((deployment) => ({
    ...omit(deployment, ["launchType"]),
    ...launch,
    ...pick(sent, deploymentSettings),
    ...counts,
    taskDefinition: service.taskDefinition,
    rolloutState: "COMPLETED",
  }));
  return {
    ...omit(service, ["launchType"]),
    ...settings,
    ...launch,
    deployments,
    runningCount: desiredCount,
    pendingCount: 0,
  };
}
