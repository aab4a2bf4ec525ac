import { vpcOf, type Host, type Network, type UnknownResource } from "network-paths";
import type { Ask } from "./ask";
import { readCaches, readDatabases } from "./databases";
import { readInstances, readMountTargets } from "./instances";
import { readLoadBalancers, readVpcLinks } from "./load-balancers";
import { readNetworkAcls, readRoutes, readVpcs } from "./routes";
import { readDefaultGroups, readRules } from "./security-groups";
import { readScheduledTasks, readServices, tasksHost, type OtherTasks } from "./tasks";
import { readVpcEndpoints } from "./vpc-endpoints";

export type { Ask } from "./ask";
export { canPullImage } from "./images";
export type { OtherTasks } from "./tasks";

/** The network of the emulated AWS, by the ARNs of what has one and is not part of the VPC, and by ids of everything else. */
export interface EmulatedNetwork extends Network {
  /** Resources that are not supported, none of which is ignored: the answers about paths through them may be wrong. */
  readonly unknown: readonly UnknownResource[];
}

/**
 * Reads what affects network paths from the state of the emulated AWS, in one account and region.
 *
 * @param tasks tasks that neither a service nor a schedule starts @default - none
 */
export async function readNetwork(ask: Ask, tasks: readonly OtherTasks[] = []): Promise<EmulatedNetwork> {
  const [vpcs, routing, security, defaultGroups, acls, endpoints, vpcLinks, services, ...others] = await Promise.all([
    readVpcs(ask),
    readRoutes(ask),
    readRules(ask),
    readDefaultGroups(ask),
    readNetworkAcls(ask),
    readVpcEndpoints(ask),
    readVpcLinks(ask),
    readServices(ask),
    readLoadBalancers(ask),
    readScheduledTasks(ask),
    readDatabases(ask),
    readCaches(ask),
    readInstances(ask),
    readMountTargets(ask),
  ]);
  const hosts = [
    ...endpoints.hosts,
    ...vpcLinks.hosts,
    ...services.hosts,
    ...others.flat(),
    ...tasks.map(({ name, awsvpcConfiguration }) => tasksHost(name, awsvpcConfiguration)),
  ];
  const network = {
    vpcs,
    subnets: routing.subnets,
    routes: routing.routes,
    rules: security.rules,
    vpcEndpoints: endpoints.vpcEndpoints,
    hosts,
    privateLinks: vpcLinks.privateLinks,
  };
  return {
    ...network,
    hosts: hosts.map((host) => withDefaultGroup(network, host, defaultGroups)),
    unknown: [...routing.unknown, ...security.unknown, ...acls, ...endpoints.unknown, ...services.unknown],
  };
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html */
function withDefaultGroup(network: Network, host: Host, defaultGroups: ReadonlyMap<string, string>): Host {
  const defaultGroup = defaultGroups.get(vpcOf(network, host) ?? "");
  return host.groups?.length === 0 && defaultGroup !== undefined ? { ...host, groups: [defaultGroup] } : host;
}
