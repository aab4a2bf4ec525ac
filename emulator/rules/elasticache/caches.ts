import { list, object, text, type JsonObject } from "../../wire/json";
import { isName } from "../names";
import type { Rule, RuleCall } from "../rule";
import {
  accessControl,
  all,
  cacheClusters,
  named,
  parameterGroups,
  reference,
  replicationGroups,
  service,
  subnetGroups,
  userGroups,
} from "./resources";

const cacheOperations = ["CreateReplicationGroup", "CreateCacheCluster"];

/** Rules between caches and their user groups, parameter groups and subnet groups. */
export const caches: readonly Rule[] = [
  {
    name: "user-group-not-found",
    service,
    operations: ["CreateReplicationGroup", "ModifyReplicationGroup", "CreateServerlessCache", "ModifyServerlessCache"],
    code: "UserGroupNotFound",
    status: 404,
    rule: "The user group of a cache must exist.",
    source: `${reference}/API_CreateReplicationGroup.html`,
    refuse: async (call) => {
      const known = await all(call, userGroups);
      const missing = groupIds(call.input).find((id) => !known.some(({ UserGroupId }) => isName(UserGroupId, id)));
      return missing === undefined ? undefined : `User group ${missing} not found.`;
    },
  },
  {
    name: "user-group-engine",
    service,
    operations: ["CreateReplicationGroup", "ModifyReplicationGroup", "CreateServerlessCache"],
    code: "InvalidParameterCombination",
    rule: "A cache of the engine redis has user groups of the engine redis; one of the engine valkey has either.",
    source: accessControl,
    refuse: async (call) => {
      const before = await named(call, replicationGroups, call.input.ReplicationGroupId);
      const engine = (text(call.input.Engine) || text(before?.Engine) || "redis").toLowerCase();
      const ids = groupIds(call.input);
      const other = (await all(call, userGroups)).find(
        (group) => ids.some((id) => isName(group.UserGroupId, id)) && group.Engine === "valkey",
      );
      return engine === "redis" && other
        ? `User group ${text(other.UserGroupId)} of the engine valkey cannot be used by a cache of the engine redis.`
        : undefined;
    },
  },
  {
    name: "cache-subnet-group-not-found",
    service,
    operations: cacheOperations,
    code: "CacheSubnetGroupNotFoundFault",
    rule: "The subnet group of a cache must exist.",
    source: `${reference}/API_CreateReplicationGroup.html`,
    refuse: async (call) => {
      const name = text(call.input.CacheSubnetGroupName);
      if (name === "" || name === "default" || (await named(call, subnetGroups, name))) return undefined;
      return `Cache Subnet Group ${name} does not exist.`;
    },
  },
  {
    name: "cache-parameter-group-not-found",
    service,
    operations: [...cacheOperations, "ModifyReplicationGroup"],
    code: "CacheParameterGroupNotFound",
    status: 404,
    rule: "The parameter group of a cache must exist.",
    source: `${reference}/API_CreateReplicationGroup.html`,
    refuse: async (call) => {
      const name = text(call.input.CacheParameterGroupName);
      if (name === "" || name.startsWith("default.") || (await named(call, parameterGroups, name))) return undefined;
      return `CacheParameterGroup ${name} not found.`;
    },
  },
  {
    name: "cache-parameter-group-family",
    service,
    operations: ["CreateReplicationGroup", "ModifyReplicationGroup"],
    code: "InvalidParameterCombination",
    rule: "The family of a parameter group must be that of the engine version of the cache.",
    source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.html",
    refuse: async (call) => {
      const group = await named(call, parameterGroups, call.input.CacheParameterGroupName);
      const [found, expected] = [text(group?.CacheParameterGroupFamily), familyOf(call.input)];
      return found === "" || expected === undefined || found === expected
        ? undefined
        : `Expected a parameter group of family ${expected} but found one of family ${found}`;
    },
  },
  {
    name: "replication-group-not-available",
    service,
    operations: ["ModifyReplicationGroup"],
    code: "InvalidReplicationGroupState",
    rule: "A replication group that is created or changed is not changed until it is available.",
    source: `${reference}/API_ModifyReplicationGroup.html`,
    refuse: async (call) => {
      const status = text((await named(call, replicationGroups, call.input.ReplicationGroupId))?.Status);
      return ["creating", "modifying"].includes(status)
        ? `Replication group ${text(call.input.ReplicationGroupId)} is not in available state.`
        : undefined;
    },
  },
  {
    name: "cache-subnet-group-in-use",
    service,
    operations: ["DeleteCacheSubnetGroup"],
    code: "CacheSubnetGroupInUse",
    rule: "A cache subnet group cannot be deleted while a cache has it.",
    source: `${reference}/API_DeleteCacheSubnetGroup.html`,
    refuse: (call) => inUse(call, (cluster) => isName(cluster.CacheSubnetGroupName, call.input.CacheSubnetGroupName)),
  },
  {
    name: "cache-parameter-group-in-use",
    service,
    operations: ["DeleteCacheParameterGroup"],
    code: "InvalidCacheParameterGroupState",
    rule: "A cache parameter group cannot be deleted while a cache has it.",
    source: `${reference}/API_DeleteCacheParameterGroup.html`,
    refuse: (call) => {
      const name = call.input.CacheParameterGroupName;
      return inUse(call, ({ CacheParameterGroup }) =>
        isName(object(CacheParameterGroup).CacheParameterGroupName, name),
      );
    },
  },
];

async function inUse(call: RuleCall, uses: (cluster: JsonObject) => boolean): Promise<string | undefined> {
  const user = (await all(call, cacheClusters)).find(uses);
  return user && `The group cannot be deleted: the cache cluster ${text(user.CacheClusterId)} uses it.`;
}

function groupIds({ UserGroupIds, UserGroupIdsToAdd, UserGroupId }: JsonObject): readonly string[] {
  return [...list(UserGroupIds), ...list(UserGroupIdsToAdd), UserGroupId].map(text).filter((id) => id !== "");
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheParameterGroup.html */
function familyOf({ Engine, EngineVersion }: JsonObject): string | undefined {
  const [major = "", minor = ""] = text(EngineVersion).split(".");
  const engine = text(Engine).toLowerCase();
  if (major === "" || !["redis", "valkey"].includes(engine)) return undefined;
  if (engine === "valkey" || Number(major) >= 7) return `${engine}${major}`;
  return major === "6" ? "redis6.x" : `redis${major}.${minor}`;
}
