import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { FastifyInstance } from "fastify";
import type { Database } from "../../src/database/database";
import { testApi } from "../fixtures/api";

/** Tests of items on any Postgres, embedded or on a server. */
export function describeItems(kind: string, open: () => Promise<Database>): void {
  describe(`items ${kind}`, () => {
    let database: Database;
    let api: FastifyInstance;

    before(async () => {
      database = await open();
      api = await testApi(database);
    });
    after(() => database.close());

    async function created(payload: object = { name: "chair", quantity: 2 }) {
      return (await api.inject({ method: "POST", url: "/api/items", payload })).json();
    }

    it("are created with a Location, version 1 and defaults", async () => {
      const answer = await api.inject({ method: "POST", url: "/api/items", payload: { name: "chair" } });
      const item = answer.json();
      assert.equal(answer.statusCode, 201);
      assert.equal(answer.headers["location"], `/api/items/${item.id}`);
      assert.equal(answer.headers["etag"], '"1"');
      assert.deepEqual([item.name, item.description, item.quantity, item.version], ["chair", "", 0, 1]);
      assert.match(item.created_at, /^\d{4}-\d\d-\d\dT/);
    });

    it("are returned as they were created", async () => {
      const item = await created({ name: "O'Neill \u{1F600} \"quoted\" \\ ; --", description: "two\nlines", quantity: 3 });
      const answer = await api.inject(`/api/items/${item.id}`);
      assert.equal(answer.statusCode, 200);
      assert.deepEqual(answer.json(), item);
    });

    it("return 304 when If-None-Match has the current version", async () => {
      const { id } = await created();
      const answer = await api.inject({ url: `/api/items/${id}`, headers: { "if-none-match": 'W/"7", "1"' } });
      assert.equal(answer.statusCode, 304);
      assert.equal(answer.body, "");
    });

    it("return 200 when If-None-Match has an older version", async () => {
      const { id } = await created();
      assert.equal((await api.inject({ url: `/api/items/${id}`, headers: { "if-none-match": '"0"' } })).statusCode, 200);
    });

    const put = (id: string, etag: string | undefined, payload: object = { name: "table" }) =>
      api.inject({ method: "PUT", url: `/api/items/${id}`, payload, headers: etag === undefined ? {} : { "if-match": etag } });

    it("are replaced when If-Match has the current version", async () => {
      const { id } = await created();
      const answer = await put(id, '"1"');
      assert.equal(answer.statusCode, 200);
      assert.equal(answer.headers["etag"], '"2"');
      assert.deepEqual([answer.json().name, answer.json().quantity], ["table", 0]);
    });

    it("are not replaced when If-Match has an older version", async () => {
      const { id } = await created();
      await put(id, '"1"');
      assert.equal((await put(id, '"1"', { name: "late" })).statusCode, 412);
      assert.equal((await api.inject(`/api/items/${id}`)).json().name, "table");
    });

    it("accept only one of two concurrent changes of the same version", async () => {
      const { id } = await created();
      const answers = await Promise.all([put(id, '"1"'), put(id, '"1"')]);
      assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, 412]);
    });

    it("return 428 without If-Match", async () => {
      const { id } = await created();
      assert.equal((await put(id, undefined)).statusCode, 428);
      assert.equal((await put(id, "*")).statusCode, 200);
      assert.equal((await put(id, "nonsense")).statusCode, 412);
    });

    it("are deleted when If-Match has the current version", async () => {
      const { id } = await created();
      const remove = (etag: string) => api.inject({ method: "DELETE", url: `/api/items/${id}`, headers: { "if-match": etag } });
      assert.equal((await remove('"9"')).statusCode, 412);
      const answer = await remove('"1"');
      assert.equal(answer.statusCode, 204);
      assert.equal(answer.body, "");
      assert.equal((await api.inject(`/api/items/${id}`)).statusCode, 404);
      assert.equal((await remove('"1"')).statusCode, 404);
    });

    it("are listed in pages that neither skip nor repeat items while items are added", async () => {
      for (let index = 0; index < 7; index++) await created({ name: `page ${index}` });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = (await api.inject({ url: "/api/items", query: { limit: "3", ...(cursor && { cursor }) } })).json();
        assert(page.items.length <= 3);
        seen.push(...page.items.map(({ id }: { id: string }) => id));
        cursor = page.next_cursor;
        if (seen.length === 3) await created({ name: "added meanwhile" });
      } while (cursor !== undefined);
      const rows = await database.query<{ id: string }>("select id from items order by position");
      assert.deepEqual(seen, rows.map(({ id }) => id));
    });

    it("return no cursor on a full last page", async () => {
      const [row] = await database.query<{ count: number }>("select count(*)::int as count from items");
      const page = (await api.inject(`/api/items?limit=${row?.count}`)).json();
      assert.equal(page.items.length, row?.count);
      assert.equal(page.next_cursor, undefined);
    });

    it("are listed 20 per page by default", async () => {
      for (let index = 0; index < 21; index++) await created();
      assert.equal((await api.inject("/api/items")).json().items.length, 20);
    });
  });
}
