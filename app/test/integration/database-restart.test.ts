import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "../fixtures/child";
import { noPostgres, PostgresServer } from "../fixtures/postgres-server";
import { startProgram } from "../fixtures/program";

describe("a restart of the database under load", { skip: noPostgres }, () => {
  let server: PostgresServer;
  let program: ReturnType<typeof startProgram>;
  let address: string;

  before(async () => {
    server = await PostgresServer.start();
    const environment = { DATABASE_URL: server.url(), PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "info" };
    assert.equal(await startProgram("migrate", environment).exit, 0);
    program = startProgram("server", environment);
    address = await program.address();
  });
  after(async () => {
    await program.stop();
    await server.remove();
  });

  it("returns 503 with Retry-After, and 200 again when the database is available, without a restart of the service", async () => {
    const statuses = new Map<number, number>();
    const wrong: string[] = [];
    let loading = true;
    const clients = Array.from({ length: 10 }, async () => {
      while (loading) {
        const response = await fetch(`${address}/api/items`);
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        const body = await response.text();
        const isRight = response.status === 200 || (response.status === 503 && Number(response.headers.get("retry-after")) > 0);
        if (!isRight) wrong.push(`${response.status} ${body}`);
        await sleep(5);
      }
    });

    await sleep(500);
    await server.down();
    await eventually(async () => assert.equal((await fetch(`${address}/ready`)).status, 503));
    assert.equal((await fetch(`${address}/health`)).status, 200);
    await sleep(500);
    await server.up();
    await eventually(async () => assert.equal((await fetch(`${address}/ready`)).status, 200));
    statuses.set(200, 0);
    await sleep(500);
    loading = false;
    await Promise.all(clients);

    assert.deepEqual(wrong, []);
    assert((statuses.get(503) ?? 0) > 10, "requests during the restart must get a response");
    assert((statuses.get(200) ?? 0) > 10, "requests after the restart must succeed");
    assert.equal(program.child.exitCode, null);
  });
});
