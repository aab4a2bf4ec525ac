import type { AwsRequest, Handlers } from "../../proxy/gap";
import { editXml } from "../../wire/edit";
import { formElements, formList, formObjects, listForm, mergeForms, queryReply } from "../../wire/form";
import type { Tags } from "../../wire/tags";
import { element, find, type Element } from "../../wire/xml";
import { Kept } from "./kept";
import { member, membersOf, nodeGroups, transitEncryptionMode } from "./member";
import { keptHandlers } from "./resource";

/**
 * moto can neither change a replication group nor show its members, and never finishes deleting it; shown by
 * `aws_elasticache_replication_group`.
 */
export function replicationGroups(tags: Tags): Handlers {
  const kept = new Kept("ReplicationGroupId", "replicationgroup", "ReplicationGroupNotFoundFault", tags);
  const describe = (request: AwsRequest, form: URLSearchParams): Element[] => [
    ...formElements(form, "ReplicationGroupId", "CacheNodeType", "KmsKeyId", "SnapshotWindow"),
    ...transitEncryptionMode(form),
    element("Description", form.get("ReplicationGroupDescription") ?? ""),
    element("Engine", form.get("Engine") ?? "redis"),
    element("Status", "available"),
    element(
      "MemberClusters",
      membersOf(form).map((name) => element("ClusterId", name)),
    ),
    element("NodeGroups", nodeGroups(request, form)),
    element("AutomaticFailover", form.get("AutomaticFailoverEnabled") === "true" ? "enabled" : "disabled"),
    element("MultiAZ", form.get("MultiAZEnabled") === "true" ? "enabled" : "disabled"),
    element("SnapshotRetentionLimit", form.get("SnapshotRetentionLimit") ?? "0"),
    element("ClusterEnabled", String(Number(form.get("NumNodeGroups") ?? "1") > 1)),
    element("AuthTokenEnabled", String(form.has("AuthToken"))),
    element("TransitEncryptionEnabled", form.get("TransitEncryptionEnabled") ?? "false"),
    element("AtRestEncryptionEnabled", form.get("AtRestEncryptionEnabled") ?? "false"),
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
    kept.arnElement(request, form),
  ];
  const type = { kept, name: "ReplicationGroup", plural: "ReplicationGroups", item: "ReplicationGroup", describe };
  const replicas = (request: AwsRequest) => {
    const before = kept.one(request);
    if (!before) return kept.missing(request);
    const count = Number(request.form.get("NewReplicaCount") ?? "0") + 1;
    const after = kept.put(request, mergeForms(before, new URLSearchParams({ NumCacheClusters: String(count) })));
    return queryReply(request.operation, [element("ReplicationGroup", describe(request, after))]);
  };

  return {
    ...keptHandlers({ ...type, wrapper: "ReplicationGroup", modify }),
    IncreaseReplicaCount: replicas,
    DecreaseReplicaCount: replicas,
    DescribeCacheClusters: async (request, forward) => {
      const wanted = request.form.get("CacheClusterId");
      const members = kept.find({ ...request, form: new URLSearchParams() }).flatMap((form) =>
        membersOf(form)
          .filter((name) => wanted === null || name === wanted)
          .map((name) => element("CacheCluster", member(request, form, name))),
      );
      if (members.length > 0 && wanted !== null) {
        return queryReply(request.operation, [element("CacheClusters", members)]);
      }
      return editXml(await forward(), (root) => {
        find(root, "DescribeCacheClustersResult", "CacheClusters")?.children.push(...members);
      });
    },
  };
}

function modify(before: URLSearchParams, sent: URLSearchParams): URLSearchParams {
  const removed = formList(sent, "UserGroupIdsToRemove");
  const kept = formList(before, "UserGroupIds").filter((id) => !removed.includes(id));
  const groups = [...kept, ...formList(sent, "UserGroupIdsToAdd")];
  return mergeForms(mergeForms(before, sent), listForm("UserGroupIds", groups));
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
