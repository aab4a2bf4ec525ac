import { z } from "zod";
import { choice, flag, integer, matching } from "../primitives";
import { keep } from "./common";

const key = z.strictObject({
  name: matching(/^[A-Za-z_][\w.-]{0,254}$/, 'must be the name of an attribute; write one such as "user_id"'),
  type: choice("string", "number", "binary"),
});

/** Capacity units: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/provisioned-capacity-mode.html */
const units = integer(1, 40000);

const capacity = z.discriminatedUnion(
  "mode",
  [
    z.strictObject({
      /** Billed by request. */
      mode: z.literal("on-demand"),
    }),
    z.strictObject({
      /** Billed by the hour; requests above the capacity are throttled. */
      mode: z.literal("provisioned"),
      /** Read capacity units: reads of up to 4 KB per second. */
      readUnits: units,
      /** Write capacity units: writes of up to 1 KB per second. */
      writeUnits: units,
    }),
  ],
  'must be a capacity; write { mode: "on-demand" } or { mode: "provisioned", readUnits: 5, writeUnits: 5 }',
);

/** A DynamoDB table, encrypted, reached through a VPC endpoint. */
export const table = z
  .strictObject({
    partitionKey: key,
    /** @default - none */
    sortKey: key.optional(),
    /** @default { mode: "on-demand" } */
    capacity: capacity.default({ mode: "on-demand" }),
    /** View type of the table's stream. @default - no stream */
    stream: choice("keys-only", "new-image", "old-image", "new-and-old-images").optional(),
    /** Attribute with the expiry time of an item, in seconds since the epoch. @default - items do not expire */
    timeToLiveAttribute: key.shape.name.optional(),
    /**
     * Whether items expire. Removing the attribute does not disable Time to Live, since AWS requires its name for that:
     * write false, deploy, and remove both after that. @default true
     */
    timeToLiveEnabled: flag.default(true),
    /** Whether the table can be restored to any second of the last 35 days. @default true */
    pointInTimeRecovery: flag.default(true),
    /** Whether the table is protected from deletion, also by Terraform. @default false */
    deletionProtection: flag.default(false),
    /** Whether it is kept although no service uses it. @default false */
    keep,
  })
  .refine(({ timeToLiveAttribute, timeToLiveEnabled }) => timeToLiveEnabled || timeToLiveAttribute !== undefined, {
    path: ["timeToLiveEnabled"],
    error: "requires the attribute to disable; write `timeToLiveAttribute`, or remove it",
  })
  .refine(({ partitionKey, sortKey }) => partitionKey.name !== sortKey?.name, {
    path: ["sortKey", "name"],
    error: "must differ from the partition key; write another attribute",
  });

export type Table = z.output<typeof table>;
