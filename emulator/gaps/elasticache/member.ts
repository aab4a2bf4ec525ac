import type { AwsRequest } from "../../proxy/gap";
import { formElements, formList } from "../../wire/form";
import { element, type Element } from "../../wire/xml";

/** Names of the clusters that make up a replication group. */
export function membersOf(form: URLSearchParams): readonly string[] {
  const id = form.get("ReplicationGroupId") ?? "";
  const shards = shardsOf(form);
  return shards.flatMap((shard) => {
    const count = shards.length > 1 ? Number(form.get("ReplicasPerNodeGroup") ?? "0") + 1 : single(form);
    return numbers(count, 3).map((number) => (shards.length > 1 ? `${id}-${shard}-${number}` : `${id}-${number}`));
  });
}

/** The node groups of a replication group, with their endpoints. */
export function nodeGroups(request: AwsRequest, form: URLSearchParams): Element[] {
  const shards = shardsOf(form);
  return shards.map((shard) => {
    const names = membersOf(form).filter((name) => shards.length === 1 || name.includes(`-${shard}-`));
    return element("NodeGroup", [
      element("NodeGroupId", shard),
      element("Status", "available"),
      endpoint("PrimaryEndpoint", request, form, "master"),
      endpoint("ReaderEndpoint", request, form, "replica"),
      element("NodeGroupMembers", names.map(nodeGroupMember)),
    ]);
  });
}

/** A cluster of a replication group, as it is described by itself. */
export function member(request: AwsRequest, form: URLSearchParams, name: string): Element[] {
  const { region, account } = request;
  const groups = formList(form, "SecurityGroupIds").map((id) =>
    element("member", [element("SecurityGroupId", id), element("Status", "active")]),
  );
  const parameters = form.get("CacheParameterGroupName") ?? `default.${form.get("Engine") ?? "redis"}7`;
  return [
    element("CacheClusterId", name),
    element("CacheClusterStatus", "available"),
    element("NumCacheNodes", "1"),
    ...formElements(form, "ReplicationGroupId", "CacheNodeType", "CacheSubnetGroupName", "SnapshotWindow"),
    element("Engine", form.get("Engine") ?? "redis"),
    element("EngineVersion", patchVersion(form.get("EngineVersion") ?? "7.1")),
    element("PreferredMaintenanceWindow", form.get("PreferredMaintenanceWindow") ?? "sun:05:00-sun:06:00"),
    element("SnapshotRetentionLimit", form.get("SnapshotRetentionLimit") ?? "0"),
    element("AutoMinorVersionUpgrade", form.get("AutoMinorVersionUpgrade") ?? "true"),
    element("CacheParameterGroup", [
      element("CacheParameterGroupName", parameters),
      element("ParameterApplyStatus", "in-sync"),
    ]),
    element("SecurityGroups", groups),
    element("TransitEncryptionEnabled", form.get("TransitEncryptionEnabled") ?? "false"),
    ...transitEncryptionMode(form),
    element("AtRestEncryptionEnabled", form.get("AtRestEncryptionEnabled") ?? "false"),
    element("NetworkType", form.get("NetworkType") ?? "ipv4"),
    element("IpDiscovery", form.get("IpDiscovery") ?? "ipv4"),
    element("ARN", `arn:aws:elasticache:${region}:${account}:cluster:${name}`),
  ];
}

/** How strictly connections must be encrypted, when they are encrypted at all. */
export function transitEncryptionMode(form: URLSearchParams): Element[] {
  if (form.get("TransitEncryptionEnabled") !== "true") return [];
  return [element("TransitEncryptionMode", form.get("TransitEncryptionMode") ?? "required")];
}

function nodeGroupMember(name: string, index: number): Element {
  return element("NodeGroupMember", [
    element("CacheClusterId", name),
    element("CacheNodeId", "0001"),
    element("CurrentRole", index === 0 ? "primary" : "replica"),
  ]);
}

function endpoint(name: string, { region }: AwsRequest, form: URLSearchParams, role: string): Element {
  const address = `${role}.${form.get("ReplicationGroupId") ?? ""}.emulated.${region}.cache.amazonaws.com`;
  return element(name, [element("Address", address), element("Port", form.get("Port") ?? "6379")]);
}

function shardsOf(form: URLSearchParams): readonly string[] {
  return numbers(Number(form.get("NumNodeGroups") ?? "1"), 4);
}

function single(form: URLSearchParams): number {
  const replicas = form.get("ReplicasPerNodeGroup");
  return Number(form.get("NumCacheClusters") ?? (replicas === null ? "1" : Number(replicas) + 1));
}

function numbers(count: number, digits: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1).padStart(digits, "0"));
}

// AWS always tells the patch version, of which a client asks only the first two parts.
function patchVersion(version: string): string {
  return version.split(".").length === 2 ? `${version}.0` : version;
}
