import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { FastifyInstance } from "fastify";
import type { Database } from "../../src/database/database";
import { migratedDatabase, testApi } from "../fixtures/api";

const perMinute = 3;
const limited = { AUTH_MODE: "gateway", RATE_LIMIT_PER_MINUTE: String(perMinute) };

describe("the limit of a caller", () => {
  let database: Database;

  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  /** An API that takes the Authorization header for the caller's name. */
  const apiFor = (environment: NodeJS.ProcessEnv) => testApi(database, environment, { authenticate: (name = "nobody") => Promise.resolve(name) });
  const ask = async (api: FastifyInstance, authorization: string, url = "/api/items") => api.inject({ url, headers: { authorization } });

  async function statuses(api: FastifyInstance, url?: string): Promise<number[]> {
    const answers = [];
    for (let index = 0; index <= perMinute; index++) answers.push((await ask(api, "alice", url)).statusCode);
    return answers;
  }

  it("is sent with every answer, and ends in 429, a problem and Retry-After", async () => {
    const api = await apiFor(limited);
    assert.equal((await ask(api, "alice")).headers["ratelimit-remaining"], "2");
    await statuses(api);
    const refused = await ask(api, "alice");
    assert.equal(refused.statusCode, 429);
    assert.match(String(refused.headers["content-type"]), /^application\/problem\+json/);
    assert.match(refused.json().detail, /^more than 3 requests a minute/);
    const seconds = Number(refused.headers["retry-after"]);
    assert(seconds > 0 && seconds <= 60, String(seconds));
  });

  it("is nobody else's", async () => {
    const api = await apiFor(limited);
    assert.equal((await statuses(api)).at(-1), 429);
    assert.equal((await ask(api, "bob")).statusCode, 200);
  });

  it("is 600 requests a minute when nothing is said", async () => {
    const api = await apiFor({ AUTH_MODE: "gateway" });
    assert.equal((await ask(api, "alice")).headers["ratelimit-limit"], "600");
  });

  it("does not concern the probes", async () => {
    const api = await apiFor(limited);
    for (const url of ["/health", "/ready"]) assert.deepEqual(await statuses(api, url), [200, 200, 200, 200]);
  });

  for (const [what, environment] of [["RATE_LIMIT_PER_MINUTE=0", { ...limited, RATE_LIMIT_PER_MINUTE: "0" }], ["AUTH_MODE=none, which knows no callers", { ...limited, AUTH_MODE: "none" }]] as const) {
    it(`is not there with ${what}`, async () => {
      assert.deepEqual(await statuses(await apiFor(environment)), [200, 200, 200, 200]);
    });
  }
});
