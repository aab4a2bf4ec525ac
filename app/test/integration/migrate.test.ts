import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { freePort } from "../fixtures/child";
import { noPostgres, PostgresServer } from "../fixtures/postgres-server";
import { startProgram } from "../fixtures/program";

describe("the migrate program", { skip: noPostgres }, () => {
  let server: PostgresServer;

  before(async () => {
    server = await PostgresServer.start();
  });
  after(() => server.remove());

  it("exits with 0 when it has applied migrations, and when there are none to apply", async () => {
    for (const applied of [3, 0]) {
      const program = startProgram("migrate", { DATABASE_URL: server.url() });
      assert.equal(await program.exit, 0);
      assert.equal(program.logs.at(-1)?.["applied"], applied);
    }
  });

  it("waits for another runner longer than the statement timeout of requests", async () => {
    const other = new Client({ connectionString: server.url() });
    await other.connect();
    await other.query("begin; lock table schema_migrations");
    const program = startProgram("migrate", { DATABASE_URL: server.url() });
    const ended = program.exit;
    await sleep(15_000);
    await other.end();
    assert.equal(await ended, 0, program.output.join("\n"));
  });

  it("exits with 1 and a message when a migration was changed after it was applied", async () => {
    await server.run("update schema_migrations set checksum = 'other' where version = 2");
    const program = startProgram("migrate", { DATABASE_URL: server.url() });
    assert.equal(await program.exit, 1);
    assert.match(program.output.join("\n"), /0002_tests.sql was changed after it was applied/);
  });

  it("exits with 1 when the database is unavailable", async () => {
    const program = startProgram("migrate", { DATABASE_URL: `postgres://admin:first@127.0.0.1:${await freePort()}/postgres` });
    assert.equal(await program.exit, 1);
    assert.match(program.output.join("\n"), /ECONNREFUSED/);
    assert.doesNotMatch(program.output.join("\n"), /first/);
  });

  it("exits with 1 when the environment is not valid", async () => {
    assert.equal(await startProgram("migrate", { DATABASE_HOST: "db" }).exit, 1);
  });
});
