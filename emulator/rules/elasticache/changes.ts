import { dailyWindow, overlaps, weeklyWindow } from "../../documents/windows";
import { list, text, type JsonObject } from "../../wire/json";
import { isOlder } from "../rds/engine";
import { isName } from "../names";
import type { Rule, RuleCall } from "../rule";
import {
  accessControl,
  all,
  cacheClusters,
  named,
  reference,
  replicationGroups,
  serverlessCaches,
  service,
} from "./resources";

/** Changes of caches that ElastiCache does not make. */
export const changes: readonly Rule[] = [
  {
    name: "cache-engine-downgrade",
    service,
    operations: ["ModifyReplicationGroup", "ModifyServerlessCache"],
    code: "InvalidParameterCombination",
    rule: "The engine of a cache cannot be changed to an older version, nor from valkey to redis.",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html",
    refuse: async (call) => {
      const { Engine, EngineVersion, MajorEngineVersion } = call.input;
      const [engine, version] = await engineOf(call);
      const [wantedEngine, wanted] = [text(Engine).toLowerCase(), text(EngineVersion) || text(MajorEngineVersion)];
      const isBack = engine === "valkey" && wantedEngine === "redis";
      const isOther = wantedEngine !== "" && wantedEngine !== engine;
      return isBack || (!isOther && wanted !== "" && version !== "" && isOlder(wanted, version))
        ? `Downgrading from ${engine} ${version} to ${wantedEngine || engine} ${wanted} is not supported.`
        : undefined;
    },
  },
  {
    name: "cache-token-without-encryption",
    service,
    operations: ["ModifyReplicationGroup"],
    code: "InvalidParameterValue",
    rule: "Only a replication group with encryption in transit has an AUTH token.",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html",
    refuse: async (call) => {
      const group = await groupOf(call);
      const isEncrypted = call.input.TransitEncryptionEnabled === true || group?.TransitEncryptionEnabled === true;
      return group && text(call.input.AuthToken) !== "" && !isEncrypted
        ? "The AUTH token parameter is only supported when encryption-in-transit is enabled."
        : undefined;
    },
  },
  {
    name: "cache-users-without-encryption",
    service,
    operations: ["ModifyReplicationGroup"],
    code: "InvalidParameterCombination",
    rule: "A replication group has encryption in transit before it gets user groups.",
    source: accessControl,
    refuse: async (call) => {
      const group = await groupOf(call);
      return group && list(call.input.UserGroupIdsToAdd).length > 0 && group.TransitEncryptionEnabled !== true
        ? "User group based access control requires encryption-in-transit to be enabled on the replication group."
        : undefined;
    },
  },
  {
    name: "cache-encryption-mode-without-encryption",
    service,
    operations: ["ModifyReplicationGroup"],
    code: "InvalidParameterCombination",
    rule: "Only a replication group with encryption in transit has a mode of it.",
    source: `${reference}/API_ModifyReplicationGroup.html`,
    refuse: async (call) => {
      const { TransitEncryptionEnabled, TransitEncryptionMode } = call.input;
      if (text(TransitEncryptionMode) === "" || TransitEncryptionEnabled === true) return undefined;
      const group = await groupOf(call);
      return group && group.TransitEncryptionEnabled !== true
        ? "To modify transit encryption mode, set encryption-in-transit as enabled."
        : undefined;
    },
  },
  {
    name: "cache-access-without-encryption",
    service,
    operations: ["ModifyReplicationGroup"],
    code: "InvalidParameterCombination",
    rule: "A replication group with an AUTH token or user groups keeps its encryption in transit.",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-disable.html",
    refuse: async (call) => {
      const { TransitEncryptionEnabled, AuthTokenUpdateStrategy, RemoveUserGroups } = call.input;
      const group = TransitEncryptionEnabled === false ? await groupOf(call) : undefined;
      const hasToken = group?.AuthTokenEnabled === true && AuthTokenUpdateStrategy !== "DELETE";
      return hasToken || (list(group?.UserGroupIds).length > 0 && RemoveUserGroups !== true)
        ? "Encryption in transit cannot be disabled while the replication group has an AUTH token or user groups."
        : undefined;
    },
  },
  {
    name: "cache-windows-overlap",
    service,
    operations: ["ModifyReplicationGroup"],
    code: "InvalidParameterValue",
    rule: "Snapshots of a cache are not taken while it is maintained, also when only one of the windows changes.",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/maintenance-window.html",
    refuse: async (call) => {
      const { SnapshotWindow, PreferredMaintenanceWindow } = call.input;
      if (text(SnapshotWindow) === "" && text(PreferredMaintenanceWindow) === "") return undefined;
      const member = await memberOf(call);
      const daily = dailyWindow(text(SnapshotWindow ?? member?.SnapshotWindow));
      const weekly = weeklyWindow(text(PreferredMaintenanceWindow ?? member?.PreferredMaintenanceWindow));
      return daily && weekly && overlaps(daily, weekly)
        ? "The snapshot window and maintenance window must not overlap."
        : undefined;
    },
  },
  {
    name: "cache-encryption-in-two-steps",
    service,
    operations: ["ModifyReplicationGroup"],
    code: "InvalidParameterCombination",
    rule: "Encryption in transit of a replication group is first preferred, and then required.",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption-enable.html",
    refuse: async (call) => {
      const { TransitEncryptionEnabled, TransitEncryptionMode } = call.input;
      const group = await groupOf(call);
      const isOff = group !== undefined && group.TransitEncryptionEnabled !== true;
      return isOff && TransitEncryptionEnabled === true && TransitEncryptionMode !== "preferred"
        ? "To enable encryption in transit, first set TransitEncryptionMode to preferred."
        : undefined;
    },
  },
  {
    name: "cache-replica-count",
    service,
    operations: ["IncreaseReplicaCount", "DecreaseReplicaCount"],
    code: "InvalidParameterValue",
    rule: "A replication group has at most five replicas, and with automatic failover at least one.",
    source: `${reference}/API_IncreaseReplicaCount.html`,
    refuse: async (call) => {
      const { NewReplicaCount } = call.input;
      const group = await groupOf(call);
      if (!group || typeof NewReplicaCount !== "number" || group.ClusterEnabled === true) return undefined;
      const current = list(group.MemberClusters).length - 1;
      const isIncrease = call.operation === "IncreaseReplicaCount";
      if (isIncrease && (NewReplicaCount <= current || NewReplicaCount > 5)) {
        return `The new replica count must be greater than the current one, ${current}, and at most 5.`;
      }
      const least = group.AutomaticFailover === "enabled" ? 1 : 0;
      return !isIncrease && (NewReplicaCount >= current || NewReplicaCount < least)
        ? `The new replica count must be less than the current one, ${current}, and at least ${least}.`
        : undefined;
    },
  },
];

/** Engine and version of the cache that changes; "" when it does not exist. */
async function engineOf(call: RuleCall): Promise<readonly [string, string]> {
  if (call.operation === "ModifyReplicationGroup") {
    const member = await memberOf(call);
    return [text(member?.Engine), text(member?.EngineVersion)];
  }
  const cache = await named(call, serverlessCaches, call.input.ServerlessCacheName);
  return [text(cache?.Engine).toLowerCase(), text(cache?.MajorEngineVersion)];
}

async function memberOf(call: RuleCall): Promise<JsonObject | undefined> {
  const { ReplicationGroupId } = call.input;
  return (await all(call, cacheClusters)).find((each) => isName(each.ReplicationGroupId, ReplicationGroupId));
}

function groupOf(call: RuleCall): Promise<JsonObject | undefined> {
  return named(call, replicationGroups, call.input.ReplicationGroupId);
}
