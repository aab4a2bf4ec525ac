import { z } from "zod";
import { integer } from "../primitives";
import { keep } from "./common";

/** An SQS queue with a dead-letter queue, both encrypted, for TLS only. */
export const queue = z.strictObject({
  /** Time for which a received message is hidden from other consumers, in seconds. @default 60 */
  visibilityTimeoutSeconds: integer(1, 43200).default(60),
  /** Retention of messages, in days. @default 4 */
  retentionDays: integer(1, 14).default(4),
  /** Receives after which a message moves to the dead-letter queue. @default 5 */
  maxReceiveCount: integer(1, 1000).default(5),
  /** Whether it is kept although no service uses it. @default false */
  keep,
});

export type Queue = z.output<typeof queue>;
