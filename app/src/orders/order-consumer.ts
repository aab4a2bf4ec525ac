import { SQSClient, type Message } from "@aws-sdk/client-sqs";
import type { Logger } from "pino";
import { Consumer } from "sqs-consumer";
import type { Database } from "../database/database";
import { parseOrder } from "./order-message";
import { settleOrder } from "./order-store";

/** Where orders come from and go to. */
export interface OrderConsumerProps {
  readonly database: Database;
  readonly logger: Logger;
  readonly queueUrl: string;
  readonly visibilitySeconds: number;
  /** @default - a client of the environment's region */
  readonly sqs?: SQSClient;
  /** @default 20 */
  readonly waitTimeSeconds?: number;
}

/**
 * Consumes the queue in batches and keeps them invisible while it works on them.
 *
 * A message that fails is not deleted: the queue's redrive policy moves it to the dead-letter queue.
 */
export function orderConsumer(props: OrderConsumerProps): Consumer {
  const { database, logger, queueUrl, visibilitySeconds, sqs = new SQSClient({}), waitTimeSeconds = 20 } = props;
  const consumer = Consumer.create({
    queueUrl,
    sqs,
    batchSize: 10,
    waitTimeSeconds,
    visibilityTimeout: visibilitySeconds,
    heartbeatInterval: visibilitySeconds / 3,
    pollingCompleteWaitTimeMs: 10_000,
    // While the database is away nothing is received: good messages must not use up their receives.
    preReceiveMessageCallback: async () => {
      await database.query("select 1");
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
