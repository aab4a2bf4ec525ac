import { ConfigurationError } from "./configuration";
import { serveLiveness } from "./process/liveness";
import { runService } from "./process/run";

void runService("items-worker", async ({ configuration, logger }) => {
  const { ORDERS_QUEUE_URL: queueUrl, ORDERS_VISIBILITY_SECONDS: visibilitySeconds, PORT: port } = configuration.environment;
  if (queueUrl === undefined) throw new ConfigurationError(["ORDERS_QUEUE_URL: is required by the worker"]);
  const { openDatabase } = await import("./database/open.js");
  const { orderConsumer } = await import("./orders/order-consumer.js");
  const { consumerLiveness } = await import("./orders/consumer-liveness.js");
  const database = await openDatabase(configuration, logger);
  // The consumer checks once per second whether it has stopped; the database closes after that.
  const stopSeconds = Math.min(10, configuration.drainSeconds / 2);
  const consumer = orderConsumer({ database, logger, queueUrl, visibilitySeconds, stopSeconds });
  const liveness = await serveLiveness(port, consumerLiveness(consumer));
  consumer.start();
  logger.info("consuming");
  return {
    stop: async () => {
      // Not events.once, which rejects on an error event: an unavailable queue must not make the stop fail.
      const stopped = new Promise((resolve) => consumer.once("stopped", resolve));
      consumer.stop();
      await stopped;
      await database.close();
      liveness.stop();
    },
  };
});
