import { z } from "zod";
import { integer, matching, yesOrNo } from "../primitives";
import { keep } from "./keep";

const key = z.strictObject({
  name: matching(/^[A-Za-z_][\w.-]{0,254}$/, 'is no name of an attribute; write one such as "user_id"'),
  type: z.enum(["string", "number", "binary"], 'is no type of a key; write "string", "number" or "binary"'),
});

/** Units of a second: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/provisioned-capacity-mode.html */
const units = integer(1, 40000);

const capacity = z.discriminatedUnion(
  "mode",
  [
    z.strictObject({
      /** Billed by request. */
      mode: z.literal("on-demand"),
    }),
    z.strictObject({
      /** Billed by the hour; requests above the units are refused. */
      mode: z.literal("provisioned"),
      /** Items of up to 4 KB that are read in a second. */
      readUnits: units,
      /** Items of up to 1 KB that are written in a second. */
      writeUnits: units,
    }),
  ],
  'is no capacity; write { mode: "on-demand" } or { mode: "provisioned", readUnits: 5, writeUnits: 5 }',
);

/** A DynamoDB table, encrypted, reached inside the VPC. */
export const table = z
  .strictObject({
    partitionKey: key,
    /** @default - none */
    sortKey: key.optional(),
    /** @default { mode: "on-demand" } */
    capacity: capacity.default({ mode: "on-demand" }),
    /** What a record of the table's stream shows of a changed item. @default - no stream */
    stream: z
      .enum(
        ["keys", "new", "old", "new-and-old"],
        'is nothing that a stream shows; write "keys", "new", "old" or "new-and-old"',
      )
      .optional(),
    /** Attribute that holds the second in which an item ends. @default - items stay */
    timeToLiveAttribute: key.shape.name.optional(),
    /** Whether the table can be set back to any second of the last 35 days. @default true */
    pointInTimeRecovery: yesOrNo.default(true),
    /** Refuses to be deleted, also by Terraform. @default false */
    deletionProtection: yesOrNo.default(false),
    /** Whether it may stand there while no service uses it. @default false */
    keep,
  })
  .refine(({ partitionKey, sortKey }) => partitionKey.name !== sortKey?.name, {
    path: ["sortKey", "name"],
    error: "is the partition key already; write another attribute",
  });

export type Table = z.output<typeof table>;
