import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { after, before, describe, it } from "node:test";
import { DatabaseUnavailable, type Database } from "../../src/database/database";
import { openEmbedded } from "../../src/database/embedded";
import { createLogger } from "../../src/process/logger";
import { migratedDatabase, testApi } from "../fixtures/api";
import { preparedFolder } from "../fixtures/prepared";

describe("the service in operation", () => {
  let database: Database;
  const lines: string[] = [];
  const logger = createLogger("test", "info", new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) }));

  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  it("logs a request with its ids, without body, query, headers and token", async () => {
    const api = await testApi(database, {}, { logger });
    const headers = { authorization: "Bearer hunter1", cookie: "hunter2", "x-request-id": "id-1", "x-amzn-trace-id": "Root=1-67" };
    await api.inject({ method: "POST", url: "/api/items?secret=hunter3", headers, payload: { name: "hunter4" } });
    await api.inject({ method: "POST", url: "/api/items", headers, payload: { name: 5, hunter5: 1 } });
    const logged = lines.map((line) => JSON.parse(line));
    assert.equal(logged.length, 2);
    const { method, path, route, status, request_id, trace_id, level } = logged[0];
    assert.deepEqual([method, path, route, status, request_id, trace_id, level], ["POST", "/api/items", "/api/items", 201, "id-1", "Root=1-67", "info"]);
    assert.equal(logged[1].status, 400);
    assert.doesNotMatch(lines.join(""), /hunter/);
  });

  it("logs a database error without the values of the row", async () => {
    lines.length = 0;
    const insert = "insert into orders (order_id, item_id, quantity, status) values ($1, $1, 7654321, 'hunter6')";
    const error: unknown = await database.query(insert, ["00000000-0000-4000-8000-000000000001"]).catch((caught: unknown) => caught);
    logger.error({ err: error }, "failed");
    assert.match(lines.join(""), /violates check constraint/);
    assert.doesNotMatch(lines.join(""), /hunter6|7654321|insert into/);
  });

  it("returns the caller's request id, or a new one when it is not safe to log", async () => {
    const api = await testApi(database);
    const ids = ["fine-1", "a b\u00e9", "x".repeat(65)].map(async (id) => (await api.inject({ url: "/api/items", headers: { "x-request-id": id } })).headers["x-request-id"]);
    const [first, second, third] = await Promise.all(ids);
    assert.equal(first, "fine-1");
    assert.match(`${second} ${third}`, /^[0-9a-f-]{36} [0-9a-f-]{36}$/);
  });

  it("is healthy without its database, but not ready", async () => {
    const fail = () => Promise.reject(new DatabaseUnavailable(new Error("unavailable")));
    const api = await testApi({ ...database, query: fail });
    assert.equal((await api.inject("/health")).statusCode, 200);
    for (const url of ["/ready", "/api/items"]) {
      const answer = await api.inject(url);
      assert.equal(answer.statusCode, 503);
      assert.equal(answer.headers["retry-after"], "2");
      assert.equal(answer.json().detail, "the database is unavailable");
    }
  });

  it("is not ready before the database has been migrated", async () => {
    const empty = await openEmbedded(await preparedFolder());
    const answer = await (await testApi(empty)).inject("/ready");
    await empty.close();
    assert.equal(answer.statusCode, 503);
    assert.match(answer.json().detail, /not been migrated/);
  });

  it("is not ready while it stops, and sends connection: close", async () => {
    const api = await testApi(database, {}, { lifecycle: { draining: true } });
    assert.equal((await api.inject("/ready")).statusCode, 503);
    assert.equal((await api.inject("/health")).statusCode, 200);
    assert.equal((await api.inject("/api/items")).headers["connection"], "close");
  });

  it("applies the configured keep-alive timeout and body limit", async () => {
    const { server, initialConfig } = await testApi(database, { KEEP_ALIVE_SECONDS: "355", BODY_LIMIT_BYTES: "2048" });
    assert.equal(server.keepAliveTimeout, 355_000);
    assert.equal(initialConfig.bodyLimit, 2048);
    assert.equal((await testApi(database)).server.keepAliveTimeout, 65_000);
  });

  it("sends security headers", async () => {
    const { headers } = await (await testApi(database)).inject("/api/items");
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["content-security-policy"], "default-src 'none';frame-ancestors 'none'");
    assert.equal(headers["access-control-allow-origin"], undefined);
  });

  it("allows only the configured CORS origins", async () => {
    const api = await testApi(database, { CORS_ORIGINS: "https://a.example" });
    const allowedOrigin = async (origin: string) => (await api.inject({ url: "/api/items", headers: { origin } })).headers["access-control-allow-origin"];
    assert.equal(await allowedOrigin("https://a.example"), "https://a.example");
    assert.equal(await allowedOrigin("https://b.example"), undefined);
    const headers = { origin: "https://a.example", "access-control-request-method": "PUT" };
    assert.equal((await api.inject({ method: "OPTIONS", url: "/api/items", headers })).statusCode, 204);
  });

  it("requires a token for all routes except the probes and /openapi.json", async () => {
    const api = await testApi(database, { AUTH_MODE: "gateway" });
    for (const url of ["/health", "/ready", "/openapi.json"]) assert.equal((await api.inject(url)).statusCode, 200, url);
    for (const url of ["/api/items", "/api/items/1", "/test/1"]) {
      const answer = await api.inject(url);
      assert.equal(answer.statusCode, 401, url);
      assert.equal(answer.headers["www-authenticate"], "Bearer");
      assert.equal(answer.json().status, 401);
    }
  });
});
