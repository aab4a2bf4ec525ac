import { setTimeout as sleep } from "node:timers/promises";
import { SQSClient, type Message, type SQSClientConfig } from "@aws-sdk/client-sqs";
import type { Logger } from "pino";
import { Consumer } from "sqs-consumer";
import type { Database } from "../database/database";
import { parseOrder } from "./order-message";
import { settleOrder } from "./order-store";

const pauseMilliseconds = 2_000;

/** Timeouts of the SQS client: a request without a response ends after 25 s, above the longest poll of 20 s. */
export const clientDefaults: SQSClientConfig = {
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 25_000, throwOnRequestTimeout: true },
};

/** The queue of orders, and the database that stores them. */
export interface OrderConsumerProps {
  readonly database: Database;
  readonly logger: Logger;
  readonly queueUrl: string;
  readonly visibilitySeconds: number;
  /** @default - a client for AWS_REGION */
  readonly sqs?: SQSClient;
  /** @default 20 */
  readonly waitTimeSeconds?: number;
  /** Maximum time that a stop waits for the current poll and batch. @default 10 */
  readonly stopSeconds?: number;
}

/**
 * Consumes the queue in batches and extends their visibility timeout while it processes them.
 *
 * A message that fails is not deleted; the queue's redrive policy moves it to the dead-letter queue.
 */
export function orderConsumer(props: OrderConsumerProps): Consumer {
  const { database, logger, queueUrl, visibilitySeconds, waitTimeSeconds = 20, stopSeconds = 10 } = props;
  const sqs = props.sqs ?? new SQSClient(clientDefaults);
  const consumer = Consumer.create({
    queueUrl,
    sqs,
    batchSize: 10,
    waitTimeSeconds,
    visibilityTimeout: visibilitySeconds,
    heartbeatInterval: visibilitySeconds / 3,
    pollingCompleteWaitTimeMs: stopSeconds * 1000,
    // While the database is unavailable, no messages are received, so that valid messages do not reach maxReceiveCount.
    preReceiveMessageCallback: async () => {
      await database.query("select 1").catch(async (error: unknown) => {
        // The consumer retries immediately and would fill the log.
        await sleep(pauseMilliseconds);
        throw error;
      });
    },
    handleMessageBatch: async (messages) => {
      const done = await Promise.all(messages.map((message) => settle(message, database, logger)));
      return messages.filter((_message, index) => done[index]);
    },
  });
  for (const event of ["error", "processing_error", "timeout_error"] as const) {
    consumer.on(event, (...[error]) => logger.error({ err: error }, "the queue could not be consumed"));
  }
  return consumer;
}

async function settle({ Body, MessageId: message_id }: Message, database: Database, logger: Logger): Promise<boolean> {
  try {
    const order = parseOrder(Body);
    const settlement = await settleOrder(database, order);
    logger.info({ message_id, order_id: order.order_id, settlement }, "order settled");
    return true;
  } catch (error) {
    logger.error({ err: error, message_id }, "a message failed and stays in the queue");
    return false;
  }
}
