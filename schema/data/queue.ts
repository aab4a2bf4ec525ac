import { z } from "zod";
import { integer } from "../primitives";
import { keep } from "./keep";

/** An SQS queue and its dead-letter queue, both encrypted, for TLS only. */
export const queue = z.strictObject({
  /** Time for which a message that was received stays hidden from others, in seconds. @default 60 */
  visibilitySeconds: integer(1, 43200).default(60),
  /** Time for which a message waits, in days. @default 4 */
  retentionDays: integer(1, 14).default(4),
  /** Times that a message is received before it goes to the dead-letter queue. @default 5 */
  maximumReceives: integer(1, 1000).default(5),
  /** Whether it may stand there while no service uses it. @default false */
  keep,
});

export type Queue = z.output<typeof queue>;
