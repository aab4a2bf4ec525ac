import { randomUUID } from "node:crypto";
import type { AwsRequest, Forward, Gap, Handlers, Reply, RequestChanges } from "../proxy/gap";
import { Store } from "../store";
import { list, object, objects, omit, parseJson, pick, text, type JsonObject, type JsonValue } from "../wire/json";
import { editJson, isSuccess, jsonReply } from "../wire/reply";

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

// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
const describedAtOnce = 10;

/**
 * moto lists deleted clusters and services, and lacks the default account settings; affects the inventory after a destroy
 * and `aws_ecs_account_setting_default`.
 */
export function ecs(): Gap {
  return {
    service: "ecs",
    handlers: {
      ...taskDefinitions(),
      ...services(),
      ...tasks(),
      ListClusters: async (_, forward) => {
        const reply = await forward();
        const { clusterArns } = parseJson(reply.body);
        const described = await describe(forward, "DescribeClusters", { clusters: clusterArns });
        return editJson(reply, (body) => ({ ...body, clusterArns: activeArns(described.clusters, "clusterArn") }));
      },
      ListServices: async (request, forward) => {
        const { cluster } = parseJson(request.body);
        const reply = await forward();
        const arns = list(parseJson(reply.body).serviceArns);
        const described: JsonObject[] = [];
        for (let start = 0; start < arns.length; start += describedAtOnce) {
          const input = { cluster, services: arns.slice(start, start + describedAtOnce) };
          described.push(...objects((await describe(forward, "DescribeServices", input)).services));
        }
        return editJson(reply, (body) => ({ ...body, serviceArns: activeArns(described, "serviceArn") }));
      },
      PutAccountSettingDefault: async (request, forward) =>
        editJson(await forward(operation("PutAccountSetting")), (body) => ({
          setting: rootSetting(request, body.setting),
        })),
      ListAccountSettings: async (request, forward) =>
        editJson(await forward(), (body) => ({
          ...body,
          settings: objects(body.settings).map((setting) => rootSetting(request, setting)),
        })),
    },
  };
}

/** moto resolves a family to its newest revision even when that is deregistered; affects standalone tasks. */
function taskDefinitions(): Handlers {
  return {
    DescribeTaskDefinition: async (request, forward) => {
      const reply = await forward();
      const input = parseJson(request.body);
      if (!isSuccess(reply) || text(input.taskDefinition).includes(":")) return reply;
      const { family, status } = object(parseJson(reply.body).taskDefinition);
      if (status !== "INACTIVE") return reply;
      const active = await describe(forward, "ListTaskDefinitions", { familyPrefix: family, status: "ACTIVE" });
      const newest = list(active.taskDefinitionArns).at(-1);
      return newest === undefined ? reply : forward({ body: JSON.stringify({ ...input, taskDefinition: newest }) });
    },
  };
}

/**
 * moto returns neither the settings above of a service nor running tasks, and lacks service deployments; affects
 * `aws_ecs_service` (differences in every plan, and a `wait_for_steady_state` that does not end) and readers of deployments.
 */
function services(): Handlers {
  const settings = new Store<JsonObject>();

  const update = async (request: AwsRequest, forward: Forward): Promise<Reply> => {
    const sent = pick(parseJson(request.body), [...serviceSettings, ...deploymentSettings, "launchType"]);
    return editJson(await forward(), (body) => {
      const arn = text(object(body.service).serviceArn);
      const before = request.operation === "CreateService" ? {} : settings.of(request).get(arn);
      settings.of(request).set(arn, { ...before, ...sent });
      return { ...body, service: completeService(object(body.service), settings.of(request).get(arn)) };
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
          completeService(service, settings.of(request).get(text(service.serviceArn))),
        ),
      })),
  };
}

/**
 * moto does not run a task on Fargate whose containers have no memory, and executes no container; affects standalone
 * tasks. Here every container exits at once with code 0.
 */
function tasks(): Handlers {
  const started = new Store<JsonObject>();

  return {
    RunTask: async (request, forward) => {
      const input = parseJson(request.body);
      const reply = await forward(operation("DescribeTaskDefinition", pick(input, ["taskDefinition"])));
      if (!isSuccess(reply)) return reply;
      const task = startedTask(request, input, object(parseJson(reply.body).taskDefinition));
      started.of(request).set(text(task.taskArn), task);
      return jsonReply({ tasks: [task], failures: [] });
    },
    DescribeTasks: async (request, forward) => {
      const entries = started.of(request);
      const input = parseJson(request.body);
      const own = list(input.tasks).filter((arn) => entries.has(text(arn)));
      const others = list(input.tasks).filter((arn) => !entries.has(text(arn)));
      if (own.length === 0) return forward();
      const rest =
        others.length === 0
          ? {}
          : parseJson((await forward({ body: JSON.stringify({ ...input, tasks: others }) })).body);
      const stopped = own.map((arn) => stoppedTask(object(entries.get(text(arn)))));
      return jsonReply({ tasks: [...stopped, ...objects(rest.tasks)], failures: list(rest.failures) });
    },
  };
}

/**
 * Changes a request into one of another operation.
 *
 * @param input input of the other operation; that of the request when omitted
 */
function operation(name: string, input?: JsonObject): RequestChanges {
  return {
    headers: { "x-amz-target": `AmazonEC2ContainerServiceV20141113.${name}` },
    ...(input !== undefined && { body: JSON.stringify(input) }),
  };
}

async function describe(forward: Forward, name: string, input: JsonObject): Promise<JsonObject> {
  return parseJson((await forward(operation(name, input))).body);
}

function rootSetting({ account }: AwsRequest, setting: JsonValue): JsonObject {
  return { principalArn: `arn:aws:iam::${account}:root`, ...object(setting) };
}

function activeArns(described: JsonValue, arn: string): readonly string[] {
  return objects(described)
    .filter(({ status }) => status !== "INACTIVE")
    .map((item) => text(item[arn]));
}

function completeService(service: JsonObject, sent: JsonObject = {}): JsonObject {
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

function startedTask({ account, region }: AwsRequest, input: JsonObject, definition: JsonObject): JsonObject {
  const cluster = text(input.cluster).split("/").at(-1) ?? "default";
  const prefix = `arn:aws:ecs:${region}:${account}`;
  return {
    ...pick(input, ["startedBy", "launchType", "tags"]),
    taskArn: `${prefix}:task/${cluster}/${randomUUID().replaceAll("-", "")}`,
    clusterArn: `${prefix}:cluster/${cluster}`,
    taskDefinitionArn: definition.taskDefinitionArn,
    group: `family:${text(definition.family)}`,
    desiredStatus: "RUNNING",
    lastStatus: "PROVISIONING",
    createdAt: Date.now() / 1000,
    containers: objects(definition.containerDefinitions).map(({ name, image }) => ({
      name,
      image,
      lastStatus: "PENDING",
    })),
  };
}

function stoppedTask(task: JsonObject): JsonObject {
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
