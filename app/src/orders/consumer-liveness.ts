import type { Consumer } from "sqs-consumer";

/** Longer than the maximum time between two events of the consumer: its calls to SQS and Postgres have timeouts. */
export const maximumIdleSeconds = 180;

const events = ["empty", "message_received", "message_processed", "response_processed", "error", "processing_error", "timeout_error"] as const;

/** Returns whether the consumer's loop runs. An unavailable queue or database still emits events, so ECS does not replace the task. */
export function consumerLiveness(consumer: Consumer, now: () => number = Date.now): () => boolean {
  let last = now();
  for (const event of events) {
    consumer.on(event, () => {
      last = now();
    });
  }
  return () => now() - last < maximumIdleSeconds * 1000;
}
