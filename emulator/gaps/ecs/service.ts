import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { editJson, jsonReply } from "../../wire/edit";
import { object, objects, omit, parseJson, pick, text, type JsonObject } from "../../wire/json";
import { Memory } from "../../wire/memory";

const kept = [
  "availabilityZoneRebalancing",
  "capacityProviderStrategy",
  "deploymentConfiguration",
  "enableECSManagedTags",
  "enableExecuteCommand",
  "healthCheckGracePeriodSeconds",
  "placementConstraints",
  "placementStrategy",
];
const keptInDeployments = ["serviceConnectConfiguration", "volumeConfigurations", "vpcLatticeConfigurations"];

/**
 * moto gives back neither the settings above of a service nor running tasks, and knows no service deployments; shown by
 * `aws_ecs_service` (false differences, and `wait_for_steady_state` without end) and the verdict.
 */
export function ecsServices(): Handlers {
  const services = new Memory<JsonObject>();

  const update = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const sent = pick(parseJson(request.body), [...kept, ...keptInDeployments, "launchType"]);
    return editJson(await forward(), (body) => {
      const arn = text(object(body.service).serviceArn);
      const before = request.operation === "CreateService" ? {} : services.of(request).get(arn);
      services.of(request).set(arn, { ...before, ...sent });
      return { ...body, service: complete(object(body.service), services.of(request).get(arn)) };
    });
  };

  return {
    CreateService: update,
    UpdateService: update,
    ListServiceDeployments: () => jsonReply({ serviceDeployments: [] }),
    DescribeServices: async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        services: objects(body.services).map((service) =>
          complete(service, services.of(request).get(text(service.serviceArn))),
        ),
      })),
  };
}

function complete(service: JsonObject, sent: JsonObject = {}): JsonObject {
  const { desiredCount = 0 } = service;
  const settings = {
    availabilityZoneRebalancing: "DISABLED",
    ...pick(sent, kept),
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
  // A service runs by a launch type or by capacity providers; moto answers "EC2" when it knows neither.
  const launch =
    sent.capacityProviderStrategy === undefined ? pick(service, ["launchType"]) : pick(sent, ["launchType"]);
  const deployments = objects(service.deployments).map((deployment) => ({
    ...omit(deployment, ["launchType"]),
    ...launch,
    ...pick(sent, keptInDeployments),
    taskDefinition: service.taskDefinition,
    desiredCount,
    runningCount: desiredCount,
    pendingCount: 0,
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
