import type { AwsRequest, Handler, Handlers, Reply } from "../../proxy/gap";
import type { Tags } from "../../store";
import type { Times } from "../../time";
import { formElements, formList, formObjects, listForm, mergeForms } from "../../wire/form";
import { editXml, queryReply } from "../../wire/reply";
import { element, find, type Element } from "../../wire/xml";
import type { MaintenanceWindow } from "../maintenance-window";
import { Transitions } from "../transitions";
import { PendingChanges } from "./pending";
import { Resources, resourceHandlers } from "./resource";

/**
 * moto cannot modify a replication group, makes no change wait for the maintenance window, does not describe its clusters, and does not finish its deletion; affects
 * `aws_elasticache_replication_group`.
 */
export function replicationGroups(
  tags: Tags,
  window: MaintenanceWindow,
  { databaseSeconds = 0, clock }: Times,
): Handlers {
  const groups = new Resources("ReplicationGroupId", "replicationgroup", "ReplicationGroupNotFoundFault", tags);
  const transitions = new Transitions(databaseSeconds, clock);
  const pending = new PendingChanges(groups);
  window.register("elasticache", () => pending.due());
  const describe = (request: AwsRequest, form: URLSearchParams): Element[] => [
    element("Status", transitions.of(request, form.get("ReplicationGroupId") ?? "") ?? "available"),
    ...groupFields(request, form),
    groups.arnElement(request, form),
  ];
  const changeReplicas = (request: AwsRequest): Reply => {
    const before = groups.get(request);
    if (!before) return groups.notFound(request);
    const count = Number(request.form.get("NewReplicaCount") ?? "0") + 1;
    const after = groups.put(request, mergeForms(before, new URLSearchParams({ NumCacheClusters: String(count) })));
    return queryReply(request.operation, [element("ReplicationGroup", describe(request, after))]);
  };

  const handlers = resourceHandlers({
    resources: groups,
    name: "ReplicationGroup",
    plural: "ReplicationGroups",
    item: "ReplicationGroup",
    wrapper: "ReplicationGroup",
    describe,
    modify,
  });
  const inState =
    (operation: string, state: string): Handler =>
    (request, forward) => {
      transitions.begin(request, request.form.get("ReplicationGroupId") ?? "", state);
      return handlers[operation]?.(request, forward) ?? forward();
    };

  return {
    ...handlers,
    CreateReplicationGroup: inState("CreateReplicationGroup", "creating"),
    ModifyReplicationGroup: pending.modify(inState("ModifyReplicationGroup", "modifying")),
    DeleteReplicationGroup: (request, forward) => {
      pending.forget(request);
      return handlers.DeleteReplicationGroup?.(request, forward) ?? forward();
    },
    IncreaseReplicaCount: changeReplicas,
    DecreaseReplicaCount: changeReplicas,
    DescribeCacheClusters: async (request, forward) => {
      const id = request.form.get("CacheClusterId");
      const clusters = groups.all(request).flatMap((form) =>
        clusterIds(form)
          .filter((each) => id === null || each === id)
          .map((each) =>
            element("CacheCluster", [...clusterFields(request, form, each), pending.ofClusters(request, form)]),
          ),
      );
      if (clusters.length > 0 && id !== null) {
        return queryReply(request.operation, [element("CacheClusters", clusters)]);
      }
      return editXml(await forward(), (root) => {
        find(root, "DescribeCacheClustersResult", "CacheClusters")?.children.push(...clusters);
      });
    },
  };
}

function modify(before: URLSearchParams, sent: URLSearchParams): URLSearchParams {
  const removed = formList(sent, "UserGroupIdsToRemove");
  const remaining = formList(before, "UserGroupIds").filter((id) => !removed.includes(id));
  const ids = [...remaining, ...formList(sent, "UserGroupIdsToAdd")];
  return mergeForms(mergeForms(before, sent), listForm("UserGroupIds", ids));
}

// https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ReplicationGroup.html
function groupFields(request: AwsRequest, form: URLSearchParams): Element[] {
  return [
    ...formElements(form, "ReplicationGroupId", "CacheNodeType", "KmsKeyId", "SnapshotWindow"),
    ...transitEncryptionMode(form),
    element("Description", form.get("ReplicationGroupDescription") ?? ""),
    element("Engine", form.get("Engine") ?? "redis"),
    element(
      "MemberClusters",
      clusterIds(form).map((id) => element("ClusterId", id)),
    ),
    element("NodeGroups", nodeGroups(request, form)),
    element("AutomaticFailover", form.get("AutomaticFailoverEnabled") === "true" ? "enabled" : "disabled"),
    element("MultiAZ", form.get("MultiAZEnabled") === "true" ? "enabled" : "disabled"),
    element("SnapshotRetentionLimit", form.get("SnapshotRetentionLimit") ?? "0"),
    element("ClusterEnabled", String(Number(form.get("NumNodeGroups") ?? "1") > 1)),
    element("AuthTokenEnabled", String(form.has("AuthToken"))),
    element("TransitEncryptionEnabled", form.get("TransitEncryptionEnabled") ?? "false"),
    element("AtRestEncryptionEnabled", isEncrypted(form)),
    element("AutoMinorVersionUpgrade", form.get("AutoMinorVersionUpgrade") ?? "true"),
    element(
      "UserGroupIds",
      formList(form, "UserGroupIds").map((id) => element("member", id)),
    ),
    element("LogDeliveryConfigurations", formObjects(form, "LogDeliveryConfigurations").map(logDelivery)),
    element("NetworkType", form.get("NetworkType") ?? "ipv4"),
    element("IpDiscovery", form.get("IpDiscovery") ?? "ipv4"),
    element("ClusterMode", form.get("ClusterMode") ?? "disabled"),
    element("DataTiering", "disabled"),
  ];
}

// https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CacheCluster.html
function clusterFields({ region, account }: AwsRequest, form: URLSearchParams, id: string): Element[] {
  const groups = formList(form, "SecurityGroupIds").map((groupId) =>
    element("member", [element("SecurityGroupId", groupId), element("Status", "active")]),
  );
  const parameterGroup = form.get("CacheParameterGroupName") ?? `default.${form.get("Engine") ?? "redis"}7`;
  return [
    element("CacheClusterId", id),
    element("CacheClusterStatus", "available"),
    element("NumCacheNodes", "1"),
    ...formElements(form, "ReplicationGroupId", "CacheNodeType", "CacheSubnetGroupName", "SnapshotWindow"),
    element("Engine", form.get("Engine") ?? "redis"),
    element("EngineVersion", patchVersion(form.get("EngineVersion") ?? "7.1")),
    element("PreferredMaintenanceWindow", form.get("PreferredMaintenanceWindow") ?? "sun:05:00-sun:06:00"),
    element("SnapshotRetentionLimit", form.get("SnapshotRetentionLimit") ?? "0"),
    element("AutoMinorVersionUpgrade", form.get("AutoMinorVersionUpgrade") ?? "true"),
    element("CacheParameterGroup", [
      element("CacheParameterGroupName", parameterGroup),
      element("ParameterApplyStatus", "in-sync"),
    ]),
    element("SecurityGroups", groups),
    element("TransitEncryptionEnabled", form.get("TransitEncryptionEnabled") ?? "false"),
    ...transitEncryptionMode(form),
    element("AtRestEncryptionEnabled", isEncrypted(form)),
    element("NetworkType", form.get("NetworkType") ?? "ipv4"),
    element("IpDiscovery", form.get("IpDiscovery") ?? "ipv4"),
    element("ARN", `arn:aws:elasticache:${region}:${account}:cluster:${id}`),
  ];
}

// https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
function isEncrypted(form: URLSearchParams): string {
  return form.get("AtRestEncryptionEnabled") ?? String(form.get("Engine") === "valkey");
}

// The mode applies only to a group with encryption in transit.
function transitEncryptionMode(form: URLSearchParams): Element[] {
  if (form.get("TransitEncryptionEnabled") !== "true") return [];
  return [element("TransitEncryptionMode", form.get("TransitEncryptionMode") ?? "required")];
}

function logDelivery(form: URLSearchParams): Element {
  const kind = form.has("DestinationDetails.CloudWatchLogsDetails.LogGroup") ? "CloudWatchLogs" : "KinesisFirehose";
  const field = kind === "CloudWatchLogs" ? "LogGroup" : "DeliveryStream";
  const target = form.get(`DestinationDetails.${kind}Details.${field}`) ?? "";
  return element("LogDeliveryConfiguration", [
    ...formElements(form, "LogType", "DestinationType", "LogFormat"),
    element("DestinationDetails", [element(`${kind}Details`, [element(field, target)])]),
    element("Status", "active"),
  ]);
}

function nodeGroups(request: AwsRequest, form: URLSearchParams): Element[] {
  const shards = shardIds(form);
  return shards.map((shard) => {
    const ids = clusterIds(form).filter((id) => shards.length === 1 || id.includes(`-${shard}-`));
    return element("NodeGroup", [
      element("NodeGroupId", shard),
      element("Status", "available"),
      endpoint("PrimaryEndpoint", request, form, "master"),
      endpoint("ReaderEndpoint", request, form, "replica"),
      element("NodeGroupMembers", ids.map(nodeGroupMember)),
    ]);
  });
}

function nodeGroupMember(clusterId: string, index: number): Element {
  return element("NodeGroupMember", [
    element("CacheClusterId", clusterId),
    element("CacheNodeId", "0001"),
    element("CurrentRole", index === 0 ? "primary" : "replica"),
  ]);
}

function endpoint(name: string, { region }: AwsRequest, form: URLSearchParams, role: string): Element {
  const address = `${role}.${form.get("ReplicationGroupId") ?? ""}.emulated.${region}.cache.amazonaws.com`;
  return element(name, [element("Address", address), element("Port", form.get("Port") ?? "6379")]);
}

/** The clusters of a group: "id-001" without shards, "id-0001-001" with several. */
function clusterIds(form: URLSearchParams): readonly string[] {
  const id = form.get("ReplicationGroupId") ?? "";
  const shards = shardIds(form);
  if (shards.length === 1) return numbers(clusterCount(form), 3).map((number) => `${id}-${number}`);
  const perShard = Number(form.get("ReplicasPerNodeGroup") ?? "0") + 1;
  return shards.flatMap((shard) => numbers(perShard, 3).map((number) => `${id}-${shard}-${number}`));
}

function shardIds(form: URLSearchParams): readonly string[] {
  return numbers(Number(form.get("NumNodeGroups") ?? "1"), 4);
}

function clusterCount(form: URLSearchParams): number {
  const replicas = form.get("ReplicasPerNodeGroup");
  return Number(form.get("NumCacheClusters") ?? (replicas === null ? "1" : Number(replicas) + 1));
}

function numbers(count: number, digits: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(index + 1).padStart(digits, "0"));
}

// AWS returns the patch version as well, of which a request has the first two parts.
function patchVersion(version: string): string {
  return version.split(".").length === 2 ? `${version}.0` : version;
}
