import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, describe, it } from "node:test";
import type { ConnectionOptions } from "node:tls";
import type { FastifyInstance } from "fastify";
import type { Database } from "../../src/database/database";
import { openCache, type Cache } from "../../src/limits/cache";
import type { Counter } from "../../src/limits/cache-store";
import { cacheToken } from "../../src/limits/cache-token";
import { migratedDatabase, quiet, testApi } from "../fixtures/api";
import { makeCertificates, noOpenssl } from "../fixtures/certificates";
import { eventually } from "../fixtures/child";
import { noValkey, startValkey } from "../fixtures/valkey-server";

const limited = { AUTH_MODE: "gateway", RATE_LIMIT_PER_MINUTE: "4" };
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "not-a-secret" };

describe("the rate limit in a cache", { skip: noValkey || noOpenssl }, () => {
  let certificates: ReturnType<typeof makeCertificates>;
  let server: Awaited<ReturnType<typeof startValkey>>;
  let database: Database;
  let tokens = 0;
  const caches: Cache[] = [];

  before(async () => {
    certificates = makeCertificates();
    server = await startValkey(certificates);
    database = await migratedDatabase();
  });
  beforeEach(async () => {
    tokens = 0;
    await server.administrator.flushAll();
  });
  after(async () => {
    for (const cache of caches) cache.destroy();
    await server.remove();
    await database.close();
    certificates.remove();
  });

  const ready = (cache: Cache) => eventually(() => cache.ping());

  /** Opens the cache client of one task; the server accepts each token once, because ElastiCache tokens are short-lived. */
  function openTask(tls: ConnectionOptions = { ca: readFileSync(certificates.authority) }): Cache {
    const settings = { host: "127.0.0.1", port: server.port, user: "services", name: "cache", isServerless: false, region: "us-east-1" };
    const token = async () => {
      const made = `${await cacheToken(settings, credentials)}&${++tokens}`;
      await server.administrator.aclSetUser("services", ["reset", "on", `>${made}`, "~*", "+@all"]);
      return made;
    };
    const cache = openCache(settings, token, quiet, tls);
    caches.push(cache);
    return cache;
  }

  async function openApi(onCommand: () => void = () => undefined): Promise<{ api: FastifyInstance; cache: Cache }> {
    const cache = openTask();
    await ready(cache);
    const counter: Counter = {
      get isReady() {
        return cache.isReady;
      },
      multi: () => (onCommand(), cache.multi()),
    };
    const api = await testApi(database, limited, { cache: counter, authenticate: (name = "anonymous") => Promise.resolve(name) });
    return { api, cache };
  }

  const send = (api: FastifyInstance, authorization = "alice") => api.inject({ url: "/api/items", headers: { authorization } });
  const remaining = async (api: FastifyInstance) => Number((await send(api)).headers["ratelimit-remaining"]);

  async function assertCounting(api: FastifyInstance): Promise<void> {
    const left = await remaining(api);
    assert.equal(await remaining(api), left - 1);
    assert.equal(await server.administrator.get("limit:alice"), String(4 - left + 1));
  }

  it("applies to each caller over two tasks together", async () => {
    const { api: first } = await openApi();
    const { api: second } = await openApi();
    const statuses = [];
    for (const api of [first, second, first, second, first, second]) statuses.push((await send(api)).statusCode);
    assert.deepEqual(statuses, [200, 200, 200, 200, 429, 429]);
    assert.equal((await send(second, "bob")).statusCode, 200);
    const seconds = Number((await send(second)).headers["retry-after"]);
    assert(seconds > 0 && seconds <= 60, String(seconds));
    const left = await server.administrator.pTTL("limit:alice");
    assert(left > 0 && left <= 60_000, String(left));
  });

  it("authenticates as the user of the services, with a new token for each connection", async () => {
    const { api, cache } = await openApi();
    assert.equal(await cache.aclWhoAmI(), "services");
    assert.equal(tokens, 1);
    assert.equal(await remaining(api), 3);
    // ElastiCache closes a connection after 12 hours.
    await server.administrator.sendCommand(["CLIENT", "KILL", "USER", "services"]);
    await ready(cache);
    assert.equal(await cache.aclWhoAmI(), "services");
    assert(tokens > 1);
    assert.equal(await remaining(api), 2);
  });

  it("does not apply while the cache is unavailable, and counts again when the cache is available", async () => {
    const { api, cache } = await openApi();
    await server.down();
    for (let index = 0; index < 6; index++) assert.equal((await send(api)).statusCode, 200);
    await server.up();
    await ready(cache);
    // After a timeout, requests do not use the cache for 15 s.
    await eventually(() => assertCounting(api), 30);
  });

  it("delays only one request when the cache does not respond, and uses a new connection", async () => {
    let commands = 0;
    const { api, cache } = await openApi(() => (commands += 1));
    server.freeze();
    const lost = new Promise((resolve) => cache.once("reconnecting", resolve));
    for (let index = 0; index < 6; index++) assert.equal((await send(api)).statusCode, 200);
    assert.equal(commands, 1);
    await lost;
    await server.down();
    await server.up();
    await ready(cache);
    assert.equal(await cache.aclWhoAmI(), "services");
  });

  it("rejects a server with a certificate of an unknown authority", async () => {
    const cache = openTask({});
    const error = await new Promise<Error>((resolve) => cache.once("error", resolve));
    assert.match(error.message, /self-signed certificate|unable to verify|issuer certificate/);
    assert.equal(tokens, 0, "no token must be sent to an unverified server");
  });
});
