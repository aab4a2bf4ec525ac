import type { Consumer } from "sqs-consumer";

/** Longer than anything takes that the consumer does between two events: its calls to SQS and Postgres have limits. */
export const longestSilenceSeconds = 180;

const signs = ["empty", "message_received", "message_processed", "response_processed", "error", "processing_error", "timeout_error"] as const;

/** Whether the consumer's loop still runs; an unavailable queue or database does not replace the task. */
export function watchPulse(consumer: Consumer, now: () => number = Date.now): () => boolean {
  let last = now();
  for (const sign of signs) {
    consumer.on(sign, () => {
      last = now();
    });
  }
  return () => now() - last < longestSilenceSeconds * 1000;
}
