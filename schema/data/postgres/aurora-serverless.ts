import { z } from "zod";
import { notHere } from "../../not-here";
import { integer } from "../../primitives";
import { common, version } from "./common";

const acus = (least: number) => {
  const message = `is no capacity; write ${least} to 256 ACUs in steps of 0.5`;
  return z.number(message).min(least, message).max(256, message).multipleOf(0.5, message);
};

/** A cluster of Aurora that grows and shrinks with its load. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html */
export const auroraServerless = z
  .strictObject({
    kind: z.literal("aurora-serverless"),
    /** Major version. @default "17" */
    version: version("Aurora Serverless v2", ["14", "15", "16", "17", "18"], "17"),
    /** Aurora capacity units of 2 GiB each; a minimum of 0 pauses while nobody is connected. @default { minimum: 0.5, maximum: 4 } */
    capacity: z
      .strictObject({
        /** @default 0.5 */
        minimum: acus(0).default(0.5),
        /** @default 4 */
        maximum: acus(1).default(4),
      })
      .refine(({ minimum, maximum }) => minimum <= maximum, {
        path: ["minimum"],
        error: "is above the maximum; write less, or raise `maximum`",
      })
      .prefault({}),
    /** Servers that only read, of which one takes over when the writer fails. @default 1 */
    readers: integer(0, 15).default(1),
    ...common,
    multiAz: notHere("is what `readers` are for; write readers: 1"),
    storage: notHere("grows by itself in Aurora; leave it out"),
    class: notHere('is of kind "instance"; write `capacity`'),
  })
  .refine(({ capacity, proxy }) => capacity.minimum > 0 || proxy === undefined, {
    path: ["capacity", "minimum"],
    error: "never pauses, as a proxy stays connected; write 0.5, or remove `proxy`",
  });
