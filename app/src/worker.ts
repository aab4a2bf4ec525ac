import { once } from "node:events";
import { ConfigurationError } from "./configuration";
import { runService } from "./process/run";

void runService("items-worker", async ({ configuration, logger }) => {
  const { ORDERS_QUEUE_URL: queueUrl, ORDERS_VISIBILITY_SECONDS: visibilitySeconds } = configuration.environment;
  if (queueUrl === undefined) throw new ConfigurationError(["ORDERS_QUEUE_URL: is needed by the worker"]);
  const { openDatabase } = await import("./database/open.js");
  const { orderConsumer } = await import("./orders/order-consumer.js");
  const database = await openDatabase(configuration, logger);
  const consumer = orderConsumer({ database, logger, queueUrl, visibilitySeconds });
  consumer.start();
  logger.info("consuming");
  return {
    stop: async () => {
      const stopped = once(consumer, "stopped");
      consumer.stop();
      await stopped;
      await database.close();
    },
  };
});
