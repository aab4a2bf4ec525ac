import { list, objects, text, type JsonObject } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { contradiction, invalidValue as invalid } from "../refusals";
import { isOutside, isSet, numberOf } from "../values";

/** Engine, node type and number of nodes of a replication group. */
export const replicationGroupNodes: DocumentCheck = {
  service: "elasticache",
  operations: ["CreateReplicationGroup"],
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
  check: (input) => firstRefusal([groupEngine, version, nodeType, replicas, zones, shards, tiering], input),
};

/** The same of one that changes. */
export const changedNodes: DocumentCheck = {
  service: "elasticache",
  operations: ["ModifyReplicationGroup", "ModifyCacheCluster"],
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyReplicationGroup.html",
  check: (input) => firstRefusal([version, nodeType], input),
};

/** Nodes of a cluster without replication. */
export const cacheClusterNodes: DocumentCheck = {
  service: "elasticache",
  operations: ["CreateCacheCluster"],
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheCluster.html",
  check: (input) => firstRefusal([version, nodeType, nodeCount, clusterZones, memcached], input),
};

/** Families and names of parameter groups, and the values of their parameters. */
export const cacheParameterGroups: DocumentCheck = {
  service: "elasticache",
  operations: ["CreateCacheParameterGroup", "ModifyCacheParameterGroup"],
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateCacheParameterGroup.html",
  check: (input) => firstRefusal([family, ownGroup, count, eviction], input),
};

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.html */
const nodeTypes =
  /^cache\.(t1\.micro|(t2|t3|t4g)\.(micro|small|medium)|[cmr]\d+[a-z]*\.(small|medium|large|\d*xlarge))$/;

/** Versions of each engine: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html */
const versions: Readonly<Record<string, RegExp | undefined>> = {
  redis: /^([23456]\.[\dx]+(\.\d+)?|7(\.[01x](\.\d+)?)?)$/,
  valkey: /^(7(\.2(\.\d+)?)?|[89](\.\d+){0,2}|1\d(\.\d+){0,2})$/,
  memcached: /^1\.[456](\.\d+)?$/,
};

const families = /^(redis(2\.[68]|3\.2|[45]\.0|6\.x|7)|valkey([789]|1\d)|memcached1\.[456])$/;

const evictions = /^(noeviction|(allkeys|volatile)-(lru|lfu|random)|volatile-ttl)$/;

function groupEngine({ Engine }: JsonObject): Refusal | undefined {
  return isSet(Engine) && !/^(redis|valkey)$/i.test(text(Engine))
    ? invalid(`Invalid engine for a replication group: ${text(Engine)}. Valid engines are redis and valkey.`)
    : undefined;
}

function version({ Engine, EngineVersion }: JsonObject): Refusal | undefined {
  const [engine, written] = [text(Engine).toLowerCase(), text(EngineVersion)];
  const known = versions[engine];
  return written === "" || !known || known.test(written)
    ? undefined
    : contradiction(`Cannot find version ${written} for ${engine}`);
}

function nodeType({ CacheNodeType }: JsonObject): Refusal | undefined {
  const type = text(CacheNodeType);
  return type === "" || nodeTypes.test(type) ? undefined : invalid(`Invalid Cache Node Type: ${type}.`);
}

function replicas({ NumCacheClusters, ReplicasPerNodeGroup, NumNodeGroups }: JsonObject): Refusal | undefined {
  if (isOutside(NumCacheClusters, 1, 6)) return invalid("NumCacheClusters must be between 1 and 6.");
  if (isOutside(ReplicasPerNodeGroup, 0, 5)) return invalid("ReplicasPerNodeGroup must be between 0 and 5.");
  return isOutside(NumNodeGroups, 1, 500) ? invalid("NumNodeGroups must be between 1 and 500.") : undefined;
}

function zones({ PreferredCacheClusterAZs, NumCacheClusters }: JsonObject): Refusal | undefined {
  const [found, count] = [list(PreferredCacheClusterAZs).length, numberOf(NumCacheClusters)];
  return found > 0 && count !== undefined && found !== count
    ? contradiction("The number of preferred Availability Zones must be the number of cache clusters.")
    : undefined;
}

function shards(input: JsonObject): Refusal | undefined {
  if ((numberOf(input.NumNodeGroups) ?? 1) < 2) return undefined;
  if (input.AutomaticFailoverEnabled !== true) {
    return contradiction("Redis with cluster mode enabled cannot be created with auto failover turned off.");
  }
  const group = text(input.CacheParameterGroupName);
  return group.startsWith("default.") && !group.endsWith(".cluster.on")
    ? contradiction(`The parameter group ${group} cannot be used with several node groups: cluster-enabled is off.`)
    : undefined;
}

// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/data-tiering.html
function tiering({ DataTieringEnabled, CacheNodeType }: JsonObject): Refusal | undefined {
  const hasDisks = text(CacheNodeType).startsWith("cache.r6gd.");
  if (hasDisks === (DataTieringEnabled === true) || text(CacheNodeType) === "") return undefined;
  return hasDisks
    ? contradiction("DataTieringEnabled must be true for nodes of the type r6gd.")
    : contradiction("Data tiering is only supported for nodes of the type r6gd.");
}

function nodeCount({ Engine, NumCacheNodes }: JsonObject): Refusal | undefined {
  const engine = text(Engine).toLowerCase();
  if (engine === "redis" && (numberOf(NumCacheNodes) ?? 1) > 1) {
    return invalid("Cannot create a Redis cluster with a NumCacheNodes parameter greater than 1.");
  }
  return engine === "memcached" && isOutside(NumCacheNodes, 1, 60)
    ? { code: "NodeQuotaForClusterExceeded", message: "A Memcached cluster can have at most 60 nodes." }
    : undefined;
}

function clusterZones({ AZMode, NumCacheNodes, PreferredAvailabilityZones }: JsonObject): Refusal | undefined {
  const [count, found] = [numberOf(NumCacheNodes) ?? 1, list(PreferredAvailabilityZones).length];
  if (AZMode === "cross-az" && count < 2) {
    return contradiction("A cluster in several Availability Zones has at least two nodes.");
  }
  return found > 0 && found !== count
    ? contradiction("The number of preferred Availability Zones must be the number of cache nodes.")
    : undefined;
}

function memcached({ Engine, SnapshotRetentionLimit }: JsonObject): Refusal | undefined {
  return /^memcached$/i.test(text(Engine)) && (numberOf(SnapshotRetentionLimit) ?? 0) > 0
    ? contradiction("Snapshots are not supported for the engine memcached.")
    : undefined;
}

function family({ CacheParameterGroupFamily }: JsonObject): Refusal | undefined {
  const name = text(CacheParameterGroupFamily);
  return name === "" || families.test(name)
    ? undefined
    : invalid(`CacheParameterGroupFamily ${name} is not a valid parameter group family.`);
}

function ownGroup({ CacheParameterGroupName }: JsonObject): Refusal | undefined {
  const name = text(CacheParameterGroupName);
  if (name.startsWith("default.")) {
    return {
      code: "InvalidCacheParameterGroupState",
      message: `The parameter group ${name} is a default parameter group and cannot be modified.`,
    };
  }
  return /^[a-z](-?[a-z0-9])*$/i.test(name)
    ? undefined
    : invalid(
        "The parameter CacheParameterGroupName is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.",
      );
}

// https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_ModifyCacheParameterGroup.html
function count({ ParameterNameValues }: JsonObject): Refusal | undefined {
  return objects(ParameterNameValues).length > 20
    ? invalid("A maximum of 20 parameters can be modified in a single request.")
    : undefined;
}

function eviction({ ParameterNameValues }: JsonObject): Refusal | undefined {
  const wrong = objects(ParameterNameValues).find(
    ({ ParameterName, ParameterValue }) =>
      ParameterName === "maxmemory-policy" && !evictions.test(text(ParameterValue)),
  );
  return wrong && invalid(`The value ${text(wrong.ParameterValue)} is not allowed for the parameter maxmemory-policy.`);
}
