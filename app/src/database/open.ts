import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { PoolConfig } from "pg";
import type { Logger } from "pino";
import type { Configuration } from "../configuration";
import { iamToken, managedSecret, type PasswordSource } from "./credentials";
import type { Database } from "./database";
import { migrate } from "./migrations";
import { openPostgres } from "./postgres";
import type { DatabaseSettings } from "./settings";
import { verifiedTls } from "./trust";

/** Opens the configured database; the embedded database is migrated to the newest schema. */
export async function openDatabase(configuration: Configuration, logger: Logger, timeLimits: PoolConfig = {}): Promise<Database> {
  const { database: settings, environment } = configuration;
  const pool = { ...timeLimits, max: environment.DATABASE_POOL_SIZE };
  switch (settings.kind) {
    case "url":
      return openPostgres({ ...pool, connectionString: settings.url }, logger);
    case "server": {
      const { host, port, name, user, caFile } = settings;
      return openPostgres({ ...pool, host, port, database: name, user, ssl: verifiedTls(caFile) }, logger, passwordSource(settings));
    }
    case "embedded":
      return openMigrated(settings.directory, logger);
  }
}

function passwordSource(settings: DatabaseSettings & { kind: "server" }): PasswordSource {
  const { credentials, host: hostname, port, user: username } = settings;
  return credentials.kind === "secret"
    ? managedSecret(credentials.arn, new SecretsManagerClient({}))
    : iamToken({ hostname, port, username, region: credentials.region });
}

async function openMigrated(directory: string | undefined, logger: Logger): Promise<Database> {
  logger.warn({ directory }, `embedded database: ${directory === undefined ? "data is lost when this process ends" : "for one process only"}`);
  // Loaded on demand: it takes 25 MB, which a service with a database server does not need.
  const { openEmbedded } = await import("./embedded.js");
  const database = await openEmbedded(directory);
  await migrate(database, logger);
  return database;
}
