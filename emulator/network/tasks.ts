import { unknown, type Host, type UnknownResource } from "network-paths";
import { object, text, type JsonObject } from "../wire/json";
import { listAll, listObjects, texts, type Ask } from "./ask";

/** Services that DescribeServices takes at once: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const maximumServices = 10;

/** Tasks that neither a service nor a schedule starts. */
export interface OtherTasks {
  /** Such as the ARN of a task. */
  readonly name: string;
  /** As RunTask takes it: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html */
  readonly awsvpcConfiguration: JsonObject;
}

/** The tasks of all ECS services, by the ARNs of the services, and a finding for each service without the network mode awsvpc. */
export async function readServices(ask: Ask): Promise<{
  readonly hosts: readonly Host[];
  readonly unknown: readonly UnknownResource[];
}> {
  const clusters = texts(await listAll(ask, "ecs", "ListClusters", "clusterArns"));
  const services = (await Promise.all(clusters.map((cluster) => servicesOf(ask, cluster)))).flat();
  const read = services.map(({ serviceArn, networkConfiguration }) => {
    const { awsvpcConfiguration } = object(networkConfiguration);
    return awsvpcConfiguration === undefined
      ? unknown(text(serviceArn), "does not use the network mode awsvpc, which is the only one that is supported")
      : tasksHost(text(serviceArn), object(awsvpcConfiguration));
  });
  return { hosts: read.filter((each) => "subnets" in each), unknown: read.filter((each) => "kind" in each) };
}

async function servicesOf(ask: Ask, cluster: string): Promise<readonly JsonObject[]> {
  const arns = texts(await listAll(ask, "ecs", "ListServices", "serviceArns", { cluster }));
  const starts = Array.from(
    { length: Math.ceil(arns.length / maximumServices) },
    (_, index) => index * maximumServices,
  );
  const described = await Promise.all(
    starts.map((start) =>
      listObjects(ask, "ecs", "DescribeServices", "services", {
        cluster,
        services: arns.slice(start, start + maximumServices),
      }),
    ),
  );
  return described.flat().filter(({ status }) => status !== "INACTIVE");
}

/** The tasks of all schedules of EventBridge Scheduler, by the ARNs of the schedules. */
export async function readScheduledTasks(ask: Ask): Promise<readonly Host[]> {
  const schedules = await listObjects(ask, "scheduler", "ListSchedules", "Schedules");
  const described = await Promise.all(
    schedules.map(({ Name, GroupName }) => ask("scheduler", "GetSchedule", { Name, GroupName })),
  );
  return described.flatMap(({ Arn, Target }) => {
    const { NetworkConfiguration } = object(object(Target).EcsParameters);
    const { awsvpcConfiguration } = object(NetworkConfiguration);
    if (awsvpcConfiguration === undefined) return [];
    // The members have other names here: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_AwsVpcConfiguration.html
    const { Subnets, SecurityGroups, AssignPublicIp } = object(awsvpcConfiguration);
    return [tasksHost(text(Arn), { subnets: Subnets, securityGroups: SecurityGroups, assignPublicIp: AssignPublicIp })];
  });
}

/** The network interfaces of tasks with the network mode awsvpc. */
export function tasksHost(name: string, awsvpcConfiguration: JsonObject): Host {
  return {
    name,
    groups: texts(awsvpcConfiguration.securityGroups),
    subnets: texts(awsvpcConfiguration.subnets),
    publicIp: awsvpcConfiguration.assignPublicIp === "ENABLED",
  };
}
