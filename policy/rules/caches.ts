import { each, type Rules } from "../rule";

const group = "aws_elasticache_replication_group";

/** Redis and Valkey on ElastiCache. */
export const cacheRules = {
  "cache-encryption": {
    severity: "medium",
    rationale: "Snapshots of a cache are as readable as its storage and remain after it is deleted.",
    source: "CKV_AWS_29, ElastiCache.4",
    remediation: "set at_rest_encryption_enabled to true",
    check: each(
      group,
      (cache) => String(cache.get("at_rest_encryption_enabled")) !== "true" && "does not encrypt its storage",
    ),
  },
  "cache-tls": {
    severity: "high",
    rationale: "Without TLS credentials and data can be read in transit.",
    source: "CKV_AWS_30, CKV_AWS_31, ElastiCache.5",
    remediation: "set transit_encryption_enabled to true",
    check: each(
      group,
      (cache) => cache.get("transit_encryption_enabled") !== true && "accepts connections without TLS",
    ),
  },
  "cache-authentication": {
    severity: "medium",
    rationale: "Without users every client that can connect to a cache has full access to it.",
    source: "CKV_AWS_31, ElastiCache.6",
    remediation: "set user_group_ids (user_group_id of a serverless cache)",
    check: each([group, "aws_elasticache_serverless_cache"], (cache) => {
      const authenticates =
        cache.type === group ? cache.has("user_group_ids") || cache.has("auth_token") : cache.has("user_group_id");
      return !authenticates && "does not authenticate its clients";
    }),
  },
  "cache-failover": {
    severity: "medium",
    rationale: "A cache with one node is unavailable while the node or its Availability Zone fails.",
    source: "CKV2_AWS_50, ElastiCache.3",
    remediation: "set data.redis.replicas to 1 or more (automatic_failover_enabled, multi_az_enabled)",
    appliesTo: "production",
    check: each(group, (cache) => {
      const failsOver = cache.get("automatic_failover_enabled") === true && cache.get("multi_az_enabled") === true;
      return !failsOver && "does not fail over to another zone";
    }),
  },
} satisfies Rules;
