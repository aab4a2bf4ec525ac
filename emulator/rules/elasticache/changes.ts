import { list, text, type JsonObject } from "../../wire/json";
import { isOlder } from "../rds/engine";
import { isName } from "../names";
import type { Rule, RuleCall } from "../rule";
import { all, cacheClusters, named, reference, replicationGroups, service } from "./resources";

/** Changes of replication groups that ElastiCache does not make. */
export const changes: readonly Rule[] = [
  {
    name: "cache-engine-downgrade",
    service,
    operations: ["ModifyReplicationGroup"],
    code: "InvalidParameterCombination",
    rule: "The engine of a cache cannot be changed to an older version, nor from valkey to redis.",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html",
    refuse: async (call) => {
      const { Engine, EngineVersion, ReplicationGroupId } = call.input;
      const member = (await all(call, cacheClusters)).find((each) =>
        isName(each.ReplicationGroupId, ReplicationGroupId),
      );
      const [engine, version] = [text(member?.Engine), text(member?.EngineVersion)];
      const [wantedEngine, wanted] = [text(Engine).toLowerCase(), text(EngineVersion)];
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

function groupOf(call: RuleCall): Promise<JsonObject | undefined> {
  return named(call, replicationGroups, call.input.ReplicationGroupId);
}
