import { z } from "zod";
import { matching } from "../primitives";
import { keep } from "./keep";

const key = z.strictObject({
  name: matching(/^[A-Za-z_][\w.-]{0,254}$/, 'is no name of an attribute; write one such as "user_id"'),
  type: z.enum(["string", "number", "binary"], 'is no type of a key; write "string", "number" or "binary"'),
});

/** A DynamoDB table, billed by request. */
export const table = z
  .strictObject({
    partitionKey: key,
    /** @default - none */
    sortKey: key.optional(),
    /** Attribute that holds the second in which an item ends. @default - items stay */
    timeToLiveAttribute: key.shape.name.optional(),
    /** Whether the table can be set back to any second of the last 35 days. @default true */
    pointInTimeRecovery: z.boolean("is no switch; write true or false").default(true),
    /** Refuses to be deleted, also by Terraform. @default false */
    deletionProtection: z.boolean("is no switch; write true or false").default(false),
    /** Whether it may stand there while no service uses it. @default false */
    keep: keep.default(false),
  })
  .refine(({ partitionKey, sortKey }) => partitionKey.name !== sortKey?.name, {
    path: ["sortKey", "name"],
    error: "is the partition key already; write another attribute",
  });

export type Table = z.output<typeof table>;
