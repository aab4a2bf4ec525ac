import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";
import { noPostgres, PostgresServer } from "../fixtures/postgres-server";
import { preparedFolder } from "../fixtures/prepared";
import { startProgram } from "../fixtures/program";

/** Starts a collector that records the requests it receives. */
async function startCollector() {
  const received: Record<string, string> = {};
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received[request.url ?? ""] = (received[request.url ?? ""] ?? "") + body;
      response.setHeader("content-type", "application/json").end("{}");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server must have an address with a port");
  return { received, server, endpoint: `http://127.0.0.1:${address.port}` };
}

describe("telemetry", () => {
  it("sends traces with their database calls, and metrics, without parameter values", { skip: noPostgres }, async () => {
    const postgres = await PostgresServer.start();
    const { received, server, endpoint } = await startCollector();
    const environment = { DATABASE_URL: postgres.url(), OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, PORT: "0", HOST: "127.0.0.1" };
    assert.equal(await startProgram("migrate", environment).exit, 0);
    const program = startProgram("server", environment);
    const address = await program.address();
    const headers = { "content-type": "application/json" };
    await fetch(`${address}/api/items`, { method: "POST", headers, body: '{"name":"hunter2"}' });
    await fetch(`${address}/health`);
    program.child.kill("SIGTERM");
    assert.equal(await program.exit, 0);
    server.close();
    await postgres.remove();

    const traces = received["/v1/traces"] ?? "";
    assert.match(traces, /"items-api"/);
    assert.match(traces, /\/api\/items/);
    assert.match(traces, /pg\.query:INSERT/);
    assert.doesNotMatch(traces, /hunter2|\/health|first@/);
    assert.match(received["/v1/metrics"] ?? "", /http\.server\.(request\.)?duration/);
  });

  it("does not make a stop fail when the collector is unavailable", async () => {
    const program = startProgram("server", { DATABASE_DIR: await preparedFolder(), OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", PORT: "0", HOST: "127.0.0.1" });
    await fetch(`${await program.address()}/api/items`);
    program.child.kill("SIGTERM");
    assert.equal(await program.exit, 0);
  });
});
