import { runTask } from "./process/run";

void runTask("items-clean-up", async ({ configuration, logger }) => {
  const { openDatabase } = await import("./database/open.js");
  const { cleanUp } = await import("./cleanup/clean-up.js");
  const database = await openDatabase(configuration, logger);
  try {
    logger.info(await cleanUp(database, configuration.environment.RETENTION_DAYS), "cleaned up");
  } finally {
    await database.close();
  }
});
