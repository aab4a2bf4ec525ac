import { runTask } from "./process/run";

void runTask("items-migrate", async ({ configuration, logger }) => {
  const { openDatabase } = await import("./database/open.js");
  const { migrate } = await import("./database/migrations.js");
  const { noTimeLimit } = await import("./database/postgres.js");
  const database = await openDatabase(configuration, logger, noTimeLimit);
  try {
    const applied = await migrate(database, logger);
    logger.info({ applied }, "the database has the newest schema");
  } finally {
    await database.close();
  }
});
