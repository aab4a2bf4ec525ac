import type { StageInput } from "#schema";

/** Data services of every prod region; they are not replicated between regions. */
export const data = {
  postgres: {
    kind: "instance",
    instanceClass: "db.m8g.large",
    storage: { allocatedGiB: 100, maximumGiB: 500 },
    backupRetentionDays: 14,
    logRetentionDays: 365,
  },
  redis: { kind: "replication-group", nodeType: "cache.m7g.large" },
  uploads: {},
  queues: { orders: {} },
  tables: {
    // Responses of requests with an Idempotency-Key, for retries.
    requests: {
      partitionKey: { name: "request", type: "string" },
      timeToLiveAttribute: "ends",
      deletionProtection: true,
    },
  },
} as const satisfies StageInput["data"];
