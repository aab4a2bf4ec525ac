import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { S3Client } from "@aws-sdk/client-s3";
import type { FastifyInstance } from "fastify";
import type { Database } from "../../src/database/database";
import { UploadStore } from "../../src/uploads/upload-store";
import { migratedDatabase, testApi } from "../fixtures/api";
import { clientOf } from "../fixtures/emulated-aws";

describe("BASE_PATH=/test1", () => {
  let database: Database;
  let api: FastifyInstance;

  before(async () => {
    database = await migratedDatabase();
    api = await testApi(database, { BASE_PATH: "/test1" });
  });
  after(() => database.close());

  const creations: [url: string, payload: object][] = [
    ["/test1", { message: "hello" }],
    ["/test1/test", { message: "hello" }],
    ["/test1/api/items", { name: "chair" }],
    ["/test", { message: "hello" }],
    ["/api/items", { name: "chair" }],
  ];
  for (const [url, payload] of creations) {
    it(`returns a Location under the prefix of POST ${url}, which can be read`, async () => {
      const created = await api.inject({ method: "POST", url, payload });
      assert.equal(created.statusCode, 201, created.body);
      const location = String(created.headers["location"]);
      assert.equal(location, `${url}/${created.json().test_id ?? created.json().id}`);
      const read = await api.inject(location);
      assert.equal(read.statusCode, 200);
      assert.deepEqual(read.json(), created.json());
    });
  }

  it("returns a Location under it for uploads", async () => {
    const uploads = new UploadStore("uploads", new S3Client(clientOf("http://127.0.0.1:9")));
    const withUploads = await testApi(database, { BASE_PATH: "/test1" }, { uploads });
    const answer = await withUploads.inject({ method: "POST", url: "/test1/api/uploads", payload: { content_type: "image/png", size: 5 } });
    assert.equal(answer.headers["location"], `/test1/api/uploads/${answer.json().id}`);
  });

  it("does not move the probes", async () => {
    for (const url of ["/health", "/ready"]) {
      assert.equal((await api.inject(url)).statusCode, 200);
      assert.notEqual((await api.inject(`/test1${url}`)).statusCode, 200);
    }
  });

  it("requires a token for every route under it", async () => {
    const guarded = await testApi(database, { BASE_PATH: "/test1", AUTH_MODE: "gateway" });
    for (const url of ["/test1/1", "/test1/test/1", "/test1/api/items"]) assert.equal((await guarded.inject(url)).statusCode, 401, url);
    assert.equal((await guarded.inject({ method: "POST", url: "/test1", payload: { message: "a" } })).statusCode, 401);
  });

  it("is a server in the OpenAPI document, which lists each route once", async () => {
    const document = (await api.inject("/test1/openapi.json")).json();
    assert.deepEqual(document.servers, [{ url: "/test1" }, { url: "/" }]);
    assert.deepEqual(document.paths["/health"].get.servers, [{ url: "/" }]);
    const { paths } = (await (await testApi(database)).inject("/openapi.json")).json();
    assert.deepEqual(document.paths, paths);
  });

  it("can have several segments", async () => {
    const deep = await testApi(database, { BASE_PATH: "/teams/items" });
    assert.equal((await deep.inject("/teams/items/api/items")).statusCode, 200);
  });

  it("does not serve other paths", async () => {
    for (const url of ["/test1", "/test2", "/test1/test1/api/items"]) assert.equal((await api.inject(url)).statusCode, 404, url);
  });
});
