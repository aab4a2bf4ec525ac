import {
  gatewayServices,
  hasDefaultRoute,
  imageServices,
  interfaceEndpoints,
  internet,
  nextHop,
  type Host,
} from "network-paths";
import { webServices, type StageConfig } from "../../schema";
import { serviceOf } from "../stage-fields";
import type { Block, SynthesizedStack } from "../terraform/stack";
import { referencesIn } from "../terraform/values";
import { taskTypes, type ResourceHost } from "./hosts";
import type { Model } from "./model";

/** A TCP connection between two endpoints that a stage declares. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  /** What the connection is for. */
  readonly reason: string;
  /** False for a connection that may be allowed but need not be. */
  readonly required: boolean;
}

/** For a task's image and its logs. */
const servicesOfEveryTask = [...imageServices, "logs"].sort();

/** Services that a task needs when its containers refer to one of these. */
const servicesByReference: Readonly<Record<string, RegExp>> = {
  secretsmanager: /:secretsmanager:|\baws_secretsmanager_secret|\bmaster_user_secret\b/,
  ssm: /:ssm:|\baws_ssm_parameter\b/,
};

const httpsPort = 443;
const nfsPort = 2049;
const sshPort = 22;

/** Connections from tasks to the AWS services that they need, through the endpoint that the service's name resolves to. */
export function connectionsToAws(model: Model): readonly Connection[] {
  return tasksIn(model).flatMap((task) => connectionsOfTask(model, task));
}

function connectionsOfTask(model: Model, task: Host): readonly Connection[] {
  const from = task.name;
  const hops = servicesOf(model, task).map((service) => ({ service, to: nextHop(model, task, service) }));
  const needed = [...new Set(hops.map(({ to }) => to))].map((to): Connection => {
    const services = hops.filter((hop) => hop.to === to).map(({ service }) => service);
    return { from, to, port: httpsPort, reason: `needs ${services.join(", ")}`, required: true };
  });
  const other = (to: string, required = false): Connection => {
    return { from, to, port: httpsPort, reason: "other services", required };
  };
  return [
    ...needed,
    ...[...interfaceEndpoints(model), ...gatewayServices(model)].map((to) => other(to)),
    ...(hasDefaultRoute(model, task) ? [other(internet, true)] : []),
  ];
}

function servicesOf(model: Model, task: Host): readonly string[] {
  const text = JSON.stringify(containersOf(model, task));
  const referred = Object.entries(servicesByReference).filter(([, pattern]) => pattern.test(text));
  return [...servicesOfEveryTask, ...referred.map(([service]) => service)];
}

/** The default port of each type of data service, by its engine. */
const defaultPorts: Readonly<Record<string, (engine: string) => number>> = {
  aws_db_instance: sqlPort,
  aws_rds_cluster: sqlPort,
  aws_elasticache_replication_group: () => 6379,
  aws_elasticache_serverless_cache: () => 6379,
};

const dataServiceTypes = Object.keys(defaultPorts);
const proxyType = "aws_db_proxy";

/** Connections to data services, from the tasks whose containers refer to them or from the proxies in front of them. */
export function connectionsToDataServices(model: Model): readonly Connection[] {
  return [...tasksIn(model).flatMap((task) => toDataServices(model, task)), ...connectionsOfProxies(model)];
}

function toDataServices(model: Model, { name: from }: Host): readonly Connection[] {
  const containers = containersOf(model, { name: from });
  // A reference to the password's secret is not one to the database, which may be behind a proxy.
  const text = JSON.stringify(containers).replaceAll(/[\w.-]+\.master_user_secret\b/g, "");
  return referencesIn(text, ...dataServiceTypes, proxyType).map((to): Connection => {
    return { from, to, port: portOf(model, to), reason: "data access", required: true };
  });
}

function connectionsOfProxies(model: Model): readonly Connection[] {
  return model.stack.all("aws_db_proxy_target").flatMap((target) => {
    const [from] = target.references("db_proxy_name", proxyType);
    const [to] = ["db_instance_identifier", "db_cluster_identifier"].flatMap((path) =>
      target.references(path, ...dataServiceTypes),
    );
    if (from === undefined || to === undefined) return [];
    return [{ from, to, port: portOf(model, to), reason: "pooled connections", required: true }];
  });
}

function portOf({ stack }: Model, address: string): number {
  const block = stack.at(address);
  if (block?.type === proxyType) return sqlPort(block.text("engine_family").toLowerCase());
  return Number(block?.get("port") ?? defaultPorts[block?.type ?? ""]?.(block?.text("engine") ?? ""));
}

function sqlPort(engine: string): number {
  return engine.includes("postgres") ? 5432 : 3306;
}

/** Connections between services, which only the `calls` of the stage file declare. */
export function connectionsOfCalls(stage: StageConfig, stack: SynthesizedStack): readonly Connection[] {
  const ports = new Map(webServices(stage).map(([name, { port }]) => [name, port]));
  return Object.entries(stage.services).flatMap(([name, { calls }]) =>
    calls.flatMap((called) =>
      tasksOf(stage, stack, name).flatMap((from) =>
        tasksOf(stage, stack, called).map((to): Connection => {
          return { from, to, port: ports.get(called) ?? Number.NaN, reason: `calls ${called}`, required: true };
        }),
      ),
    ),
  );
}

/** Addresses of what starts the tasks of a service: its ECS service, or its schedule. */
function tasksOf(stage: StageConfig, stack: SynthesizedStack, service: string): readonly string[] {
  return stack
    .all("aws_ecs_service", "aws_scheduler_schedule")
    .filter((block) => serviceOf(stage, block)?.name === service)
    .map(({ address }) => address);
}

/** Connections from tasks to every mount target of the file systems that they mount. */
export function connectionsToFileSystems(model: Model): readonly Connection[] {
  return tasksIn(model).flatMap((task) => {
    const mounted = referencesIn(
      definitionsOf(model, task).map((definition) => definition.get("volume")),
      "aws_efs_file_system",
    );
    return model.stack
      .all("aws_efs_mount_target")
      .filter((target) => target.references("file_system_id").some((each) => mounted.includes(each)))
      .map(({ address: to }): Connection => {
        return { from: task.name, to, port: nfsPort, reason: "mounts the file system", required: true };
      });
  });
}

/** Operators may connect from ranges of at most 65,536 addresses. */
const widestOperatorPrefix = 16;

/** Connections of operators to the bastion, and from the bastion to the data services and to AWS. */
export function connectionsOfOperators(model: Model): readonly Connection[] {
  const bastions = model.hosts.filter(({ type }) => type === "aws_instance");
  const connectEndpoints = model.hosts.filter(({ type }) => type === "aws_ec2_instance_connect_endpoint");
  return bastions.flatMap((bastion) => [
    ...connectEndpoints.map(({ name }): Connection => ssh(name, bastion)),
    ...operatorRanges(model, bastion).map((range): Connection => ssh(range, bastion)),
    ...model.hosts
      .filter(({ type }) => dataServiceTypes.includes(type))
      .map(({ name: to }) => {
        return { from: bastion.name, to, port: portOf(model, to), reason: "operator access to data", required: true };
      }),
    ...awsAndInternet(model, bastion).map((to) => {
      return { from: bastion.name, to, port: httpsPort, reason: "sessions and packages", required: false };
    }),
  ]);
}

function ssh(from: string, { name: to }: Host): Connection {
  return { from, to, port: sshPort, reason: "operator sessions", required: !from.includes("/") };
}

function operatorRanges({ rules }: Model, { groups }: ResourceHost): readonly string[] {
  return rules
    .filter(({ direction, group }) => direction === "ingress" && groups.includes(group))
    .flatMap(({ peer }) => ("range" in peer ? [peer.range] : []))
    .filter((range) => Number(range.split("/")[1]) >= widestOperatorPrefix);
}

function awsAndInternet(model: Model, host: Host): readonly string[] {
  const services = [...interfaceEndpoints(model), ...gatewayServices(model)];
  return hasDefaultRoute(model, host) ? [...services, internet] : services;
}

function tasksIn({ hosts }: Model): readonly ResourceHost[] {
  return hosts.filter(({ type }) => taskTypes.includes(type));
}

function containersOf(model: Model, task: Pick<Host, "name">): readonly unknown[] {
  return definitionsOf(model, task).map((definition) => definition.get("container_definitions"));
}

function definitionsOf({ stack }: Model, { name }: Pick<Host, "name">): readonly Block[] {
  const references = referencesIn(stack.at(name)?.attributes, "aws_ecs_task_definition");
  return references.flatMap((address) => stack.at(address) ?? []);
}
