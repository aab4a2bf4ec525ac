import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { FastifyInstance, InjectOptions } from "fastify";
import type { Database } from "../../src/database/database";
import { migratedDatabase, testApi } from "../fixtures/api";

const json = { "content-type": "application/json" };
const post = (payload: unknown, headers: Record<string, string> = json): InjectOptions => ({
  method: "POST",
  url: "/api/items",
  headers,
  payload: typeof payload === "string" ? payload : JSON.stringify(payload),
});

describe("a bad request", () => {
  let database: Database;
  let api: FastifyInstance;

  before(async () => {
    database = await migratedDatabase();
    api = await testApi(database);
  });
  after(() => database.close());

  const refusals: [what: string, request: InjectOptions, status: number, detail: RegExp][] = [
    ["malformed JSON", post('{"name":'), 400, /./],
    ["an empty body", post(""), 400, /./],
    ["a body that is not an object", post([]), 400, /body does not fit/],
    ["a null body", post("null"), 400, /./],
    ["a missing name", post({}), 400, /body does not fit/],
    ["a number for a name", post({ name: 5 }), 400, /body does not fit/],
    ["a string for a number", post({ name: "a", quantity: "5" }), 400, /body does not fit/],
    ["a fraction for an integer", post({ name: "a", quantity: 1.5 }), 400, /body does not fit/],
    ["a number out of the range of the column", post({ name: "a", quantity: 1e12 }), 400, /body does not fit/],
    ["an unknown field", post({ name: "a", admin: true }), 400, /body does not fit/],
    ["a null character", post({ name: "a\u0000b" }), 400, /body does not fit/],
    ["a __proto__ field", post('{"name":"a","__proto__":{"x":1}}'), 400, /./],
    ["a name that is too long", post({ name: "a".repeat(201) }), 400, /body does not fit/],
    ["a body over the limit", post({ name: "a".repeat(200_000) }), 413, /./],
    ["a body that is not JSON", post("name=a", { "content-type": "application/x-www-form-urlencoded" }), 415, /./],
    ["plain text", post("a", { "content-type": "text/plain" }), 415, /./],
    ["an id that is not a UUID", { url: "/api/items/1" }, 400, /params does not fit/],
    ["a very long id", { url: `/api/items/${"a".repeat(3000)}` }, 414, /./],
    ["a limit of 0", { url: "/api/items?limit=0" }, 400, /querystring does not fit/],
    ["a limit above 100", { url: "/api/items?limit=101" }, 400, /querystring does not fit/],
    ["a limit that is not a number", { url: "/api/items?limit=ten" }, 400, /querystring does not fit/],
    ["a limit out of the range of numbers", { url: "/api/items?limit=1e400" }, 400, /querystring does not fit/],
    ["two limits", { url: "/api/items?limit=1&limit=2" }, 400, /querystring does not fit/],
    ["a huge cursor", { url: `/api/items?cursor=${"A".repeat(5000)}` }, 400, /querystring does not fit/],
    ["a malformed cursor", { url: "/api/items?cursor=AAAA" }, 400, /cursor is not valid/],
    ["a cursor out of the range of the column", { url: `/api/items?cursor=${Buffer.from("9".repeat(19)).toString("base64url")}` }, 400, /cursor is not valid/],
    ["a path that no route has", { url: "/nowhere" }, 404, /no GET for this path/],
    ["a method that no route has", { method: "DELETE", url: "/api/items" }, 404, /no DELETE/],
    ["a path that cannot be decoded", { url: "/%zz" }, 400, /not a valid url/],
    ["an unknown item", { url: "/api/items/00000000-0000-4000-8000-000000000000" }, 404, /no item/],
    ["an unknown test record", { url: "/test/00000000-0000-4000-8000-000000000000" }, 404, /no test record/],
  ];
  for (const [what, request, status, detail] of refusals) {
    it(`with ${what} returns ${status} and a problem`, async () => {
      const answer = await api.inject(request);
      assert.equal(answer.statusCode, status, answer.body);
      assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
      const body = answer.json();
      assert.equal(body.status, status);
      assert.equal(body.type, "about:blank");
      assert.match(body.detail, detail);
      assert(body.request_id.length > 10);
    });
  }

  it("lists every field that is wrong", async () => {
    const { errors } = (await api.inject(post({ name: "", quantity: -1, color: "red" }))).json();
    assert.deepEqual(errors.map(({ field }: { field: string }) => field).sort(), ["body", "body.name", "body.quantity"]);
    assert.match(JSON.stringify(errors), /additional properties: \\"color\\"/);
  });

  it("does not expose details of an internal error", async () => {
    await database.execute("alter table items rename to hidden");
    const answer = await api.inject("/api/items");
    await database.execute("alter table hidden rename to items");
    assert.equal(answer.statusCode, 500);
    assert.doesNotMatch(answer.body, /relation|items|select/);
  });
});
