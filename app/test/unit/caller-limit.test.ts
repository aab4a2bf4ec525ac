import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { FastifyInstance } from "fastify";
import type { Database } from "../../src/database/database";
import { migratedDatabase, testApi } from "../fixtures/api";

const perMinute = 3;
const limited = { AUTH_MODE: "gateway", RATE_LIMIT_PER_MINUTE: String(perMinute) };

describe("the rate limit of a caller", () => {
  let database: Database;

  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  /** An API that uses the Authorization header as the caller's name. */
  const apiFor = (environment: NodeJS.ProcessEnv) => testApi(database, environment, { authenticate: (name = "anonymous") => Promise.resolve(name) });
  const send = async (api: FastifyInstance, authorization: string, url = "/api/items") => api.inject({ url, headers: { authorization } });

  async function statuses(api: FastifyInstance, url?: string): Promise<number[]> {
    const answers = [];
    for (let index = 0; index <= perMinute; index++) answers.push((await send(api, "alice", url)).statusCode);
    return answers;
  }

  it("is in the headers of every response; above it, the response is 429, a problem with Retry-After", async () => {
    const api = await apiFor(limited);
    assert.equal((await send(api, "alice")).headers["ratelimit-remaining"], "2");
    await statuses(api);
    const refused = await send(api, "alice");
    assert.equal(refused.statusCode, 429);
    assert.match(String(refused.headers["content-type"]), /^application\/problem\+json/);
    assert.match(refused.json().detail, /^more than 3 requests per minute/);
    const seconds = Number(refused.headers["retry-after"]);
    assert(seconds > 0 && seconds <= 60, String(seconds));
  });

  it("does not affect other callers", async () => {
    const api = await apiFor(limited);
    assert.equal((await statuses(api)).at(-1), 429);
    assert.equal((await send(api, "bob")).statusCode, 200);
  });

  it("is 600 requests per minute by default", async () => {
    const api = await apiFor({ AUTH_MODE: "gateway" });
    assert.equal((await send(api, "alice")).headers["ratelimit-limit"], "600");
  });

  it("does not apply to the probes", async () => {
    const api = await apiFor(limited);
    for (const url of ["/health", "/ready"]) assert.deepEqual(await statuses(api, url), [200, 200, 200, 200]);
  });

  for (const [what, environment] of [["RATE_LIMIT_PER_MINUTE=0", { ...limited, RATE_LIMIT_PER_MINUTE: "0" }], ["AUTH_MODE=none, which does not identify callers", { ...limited, AUTH_MODE: "none" }]] as const) {
    it(`does not apply with ${what}`, async () => {
      assert.deepEqual(await statuses(await apiFor(environment)), [200, 200, 200, 200]);
    });
  }
});
