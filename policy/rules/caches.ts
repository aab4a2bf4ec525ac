import { each, type Rules } from "../rule";

const group = "aws_elasticache_replication_group";

/** Redis and Valkey on ElastiCache. */
export const cacheRules = {
  "cache-encrypted": {
    severity: "medium",
    why: "Snapshots outlive the cache.",
    source: "CKV_AWS_29, ElastiCache.4",
    mend: "set at_rest_encryption_enabled to true",
    check: each(
      group,
      (cache) => String(cache.get("at_rest_encryption_enabled")) !== "true" && "is stored in clear text",
    ),
  },
  "cache-tls": {
    severity: "high",
    why: "Without TLS a password, and all else, travels in clear text.",
    source: "CKV_AWS_30, CKV_AWS_31, ElastiCache.5",
    mend: "set transit_encryption_enabled to true",
    check: each(group, (cache) => cache.get("transit_encryption_enabled") !== true && "talks in clear text"),
  },
  "cache-users": {
    severity: "medium",
    why: "Without users everybody who reaches a cache may do everything in it.",
    source: "CKV_AWS_31, ElastiCache.6",
    mend: "name a user group",
    check: each([group, "aws_elasticache_serverless_cache"], (cache) => {
      const users =
        cache.type === group ? cache.has("user_group_ids") || cache.has("auth_token") : cache.has("user_group_id");
      return !users && "asks nobody who they are";
    }),
  },
  "cache-failover": {
    severity: "medium",
    why: "A cache of one node is down with it.",
    source: "CKV2_AWS_50, ElastiCache.3",
    mend: "set automatic_failover_enabled and multi_az_enabled to true",
    holds: "production",
    check: each(group, (cache) => {
      const safe = cache.get("automatic_failover_enabled") === true && cache.get("multi_az_enabled") === true;
      return !safe && "stands in one zone";
    }),
  },
} satisfies Rules;
