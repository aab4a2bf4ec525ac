import { after, before, describe } from "node:test";
import type { Database } from "../../src/database/database";
import { migrate } from "../../src/database/migrations";
import { openPostgres } from "../../src/database/postgres";
import { describeDatabase } from "../contract/database";
import { describeItems } from "../contract/items";
import { quiet } from "../fixtures/api";
import { noPostgres, PostgresServer } from "../fixtures/postgres-server";

describe("with a PostgreSQL server", { skip: noPostgres }, () => {
  let server: PostgresServer;

  before(async () => {
    server = await PostgresServer.start();
  });
  after(() => server.remove());

  async function empty(): Promise<Database> {
    await server.run("drop schema public cascade");
    await server.run("create schema public");
    return openPostgres({ connectionString: server.url() }, quiet);
  }

  describeDatabase("on a server", empty);
  describeItems("on a server", async () => {
    const database = await empty();
    await migrate(database, quiet);
    return database;
  });
});
