import { ConfigurationError } from "./configuration";
import { serveLiveness } from "./process/liveness";
import { runService } from "./process/run";

void runService("items-worker", async ({ configuration, logger }) => {
  const { ORDERS_QUEUE_URL: queueUrl, ORDERS_VISIBILITY_SECONDS: visibilitySeconds, PORT: port } = configuration.environment;
  if (queueUrl === undefined) throw new ConfigurationError(["ORDERS_QUEUE_URL: is needed by the worker"]);
  const { openDatabase } = await import("./database/open.js");
  const { orderConsumer } = await import("./orders/order-consumer.js");
  const { watchPulse } = await import("./orders/pulse.js");
  const database = await openDatabase(configuration, logger);
  // The consumer looks once a second whether it has ended, and the database closes after it.
  const stopSeconds = Math.min(10, configuration.drainSeconds / 2);
  const consumer = orderConsumer({ database, logger, queueUrl, visibilitySeconds, stopSeconds });
  const liveness = await serveLiveness(port, watchPulse(consumer));
  consumer.start();
  logger.info("consuming");
  return {
    stop: async () => {
      // Not events.once, which gives up at an error: a queue that is away must not turn a stop into a failure.
      const stopped = new Promise((resolve) => consumer.once("stopped", resolve));
      consumer.stop();
      await stopped;
      await database.close();
      liveness.stop();
    },
  };
});
