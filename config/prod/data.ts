import type { StageInput } from "../../schema";

/** What every region of prod keeps: its own, for nothing is copied between regions. */
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
    // What was answered to requests with an Idempotency-Key, for those that come again.
    requests: {
      partitionKey: { name: "request", type: "string" },
      timeToLiveAttribute: "ends",
      deletionProtection: true,
    },
  },
} as const satisfies StageInput["data"];
