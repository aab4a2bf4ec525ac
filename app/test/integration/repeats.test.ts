import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import type { FastifyInstance } from "fastify";
import type { Database } from "../../src/database/database";
import { clientDefaults, RequestStore } from "../../src/repeats/request-store";
import { migratedDatabase, testApi } from "../fixtures/api";
import { freePort } from "../fixtures/child";
import { clientOf, noAws, startAws } from "../fixtures/emulated-aws";
import { makeRequestsTable } from "../fixtures/requests-table";

const day = 24 * 60 * 60;

describe("a POST with an Idempotency-Key", { skip: noAws }, () => {
  let aws: Awaited<ReturnType<typeof startAws>>;
  let dynamo: DynamoDBClient;
  let database: Database;
  let api: FastifyInstance;
  let caller = "alice";
  let clock = () => Date.now();

  before(async () => {
    aws = await startAws();
    dynamo = await makeRequestsTable(aws.endpoint);
    database = await migratedDatabase();
    api = await apiOver(database);
  });
  after(async () => {
    await database.close();
    await aws.stop();
  });

  const apiOver = (over: Database, client = dynamo) =>
    testApi(over, {}, { requests: new RequestStore("requests", client, () => clock()), authenticate: () => Promise.resolve(caller) });

  const post = (key: string, name = "chair", over = api, url = "/api/items") =>
    over.inject({ method: "POST", url, headers: { "idempotency-key": key }, payload: url === "/test" ? { message: name } : { name } });

  const count = async () => (await database.query<{ count: number }>("select count(*)::int as count from items"))[0]?.count ?? 0;

  it("is processed once; retries get the same response", async () => {
    const key = randomUUID();
    const before = await count();
    const first = await post(key);
    const second = await post(key);
    assert.equal(first.statusCode, 201);
    assert.equal(second.statusCode, 201);
    assert.equal(second.body, first.body);
    for (const name of ["location", "etag", "content-type"]) assert.equal(second.headers[name], first.headers[name]);
    assert.notEqual(second.headers["x-request-id"], first.headers["x-request-id"]);
    assert.equal(await count(), before + 1);
  });

  it("is processed once when retries are concurrent; they get 409 with Retry-After", async () => {
    const key = randomUUID();
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(key)));
    const created = answers.filter(({ statusCode }) => statusCode === 201);
    const waiting = answers.filter(({ statusCode }) => statusCode === 409);
    assert.equal(created.length + waiting.length, 5);
    assert.equal(new Set(created.map(({ body }) => body)).size, 1);
    for (const { headers } of waiting) assert.equal(headers["retry-after"], "1");
    assert.equal(await count(), before + 1);
  });

  it("returns 409 with Retry-After while the first request is in progress", async () => {
    const key = randomUUID();
    let finish = () => {};
    const until = new Promise<void>((resolve) => (finish = resolve));
    let begun = () => {};
    const inProgress = new Promise<void>((resolve) => (begun = resolve));
    const slow: Database = { ...database, query: async (sql, values) => (begun(), await until, database.query(sql, values)) };
    const first = post(key, "chair", await apiOver(slow));
    await inProgress;
    const second = await post(key);
    assert.equal(second.statusCode, 409);
    assert.match(second.json().detail, /still in progress/);
    finish();
    assert.equal((await first).statusCode, 201);
  });

  it("returns 422 when the key was used with another body", async () => {
    const key = randomUUID();
    await post(key);
    const answer = await post(key, "table");
    assert.equal(answer.statusCode, 422);
    assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
  });

  it("has a key per caller and path", async () => {
    const key = randomUUID();
    const mine = (await post(key)).json();
    caller = "bob";
    const theirs = (await post(key)).json();
    caller = "alice";
    assert.notEqual(theirs.id, mine.id);
    assert.equal((await post(key, "chair", api, "/test")).statusCode, 201);
  });

  it("can be retried after a failure", async () => {
    const key = randomUUID();
    const broken: Database = { ...database, query: () => Promise.reject(new Error("query failed")) };
    assert.equal((await post(key, "chair", await apiOver(broken))).statusCode, 500);
    assert.equal((await post(key)).statusCode, 201);
  });

  it("does not store the key when the body is not valid", async () => {
    const key = randomUUID();
    assert.equal((await post(key, "")).statusCode, 400);
    assert.equal((await post(key)).statusCode, 201);
  });

  it("stores its response for a day, and an unfinished attempt for a minute", async () => {
    const key = randomUUID();
    const first = (await post(key)).json();
    clock = () => Date.now() + (day - 60) * 1000;
    assert.equal((await post(key)).json().id, first.id);
    clock = () => Date.now() + (day + 60) * 1000;
    assert.notEqual((await post(key)).json().id, first.id);
    clock = () => Date.now();

    const store = new RequestStore("requests", dynamo, () => clock());
    const attempt = { request: randomUUID(), id: "first", fingerprint: "f" };
    assert.equal(await store.begin(attempt), undefined);
    assert.deepEqual(await store.begin({ ...attempt, id: "second" }), { fingerprint: "f" });
    clock = () => Date.now() + 90_000;
    assert.equal(await store.begin({ ...attempt, id: "second" }), undefined);
    await assert.rejects(store.finish(attempt, { status: 201, headers: {}, body: "late" }), /conditional request failed/i);
    await assert.rejects(store.forget(attempt), /conditional request failed/i);
    clock = () => Date.now();
  });

  it("stores only digests of the key and the body", async () => {
    await post("a-key-of-the-caller", "a secret wish");
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: "requests" }));
    assert(Items.every(({ request }) => /^[\w-]{43}$/.test(request?.S ?? "") || /^[0-9a-f-]{36}$/.test(request?.S ?? "")));
    assert(Items.every(({ ends }) => Number(ends?.N) > Date.now() / 1000));
    assert(!Items.some(({ fingerprint }) => fingerprint?.S?.includes("wish")));
  });

  it("returns 503 with Retry-After while the table is unavailable, and creates nothing", async () => {
    const unreachable = new DynamoDBClient({ ...clientDefaults, ...clientOf(`http://127.0.0.1:${await freePort()}`) });
    const before = await count();
    const answer = await post(randomUUID(), "chair", await apiOver(database, unreachable));
    assert.equal(answer.statusCode, 503);
    assert.equal(answer.headers["retry-after"], "2");
    assert.equal(answer.json().detail, "the request store is unavailable");
    assert.equal(await count(), before);
  });

  it("returns 400 without a table", async () => {
    const answer = await post(randomUUID(), "chair", await testApi(database));
    assert.equal(answer.statusCode, 400);
    assert.match(answer.json().detail, /send no Idempotency-Key/);
  });

  it("does not affect requests without the header", async () => {
    const answers = await Promise.all([1, 2].map(() => api.inject({ method: "POST", url: "/api/items", payload: { name: "chair" } })));
    assert.notEqual(answers[0]?.json().id, answers[1]?.json().id);
  });
});
