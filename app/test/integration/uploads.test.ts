import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { FastifyInstance } from "fastify";
import type { Database } from "../../src/database/database";
import { clientDefaults, UploadStore } from "../../src/uploads/upload-store";
import { migratedDatabase, testApi } from "../fixtures/api";
import { clientOf, noAws, startAws } from "../fixtures/emulated-aws";

describe("uploads", { skip: noAws }, () => {
  let aws: Awaited<ReturnType<typeof startAws>>;
  let database: Database;
  let api: FastifyInstance;
  let caller = "alice";

  before(async () => {
    aws = await startAws();
    const s3 = new S3Client({ ...clientDefaults, ...clientOf(aws.endpoint) });
    await s3.send(new CreateBucketCommand({ Bucket: "uploads" }));
    database = await migratedDatabase();
    api = await testApi(database, {}, { uploads: new UploadStore("uploads", s3), authenticate: () => Promise.resolve(caller) });
  });
  after(async () => {
    await database.close();
    await aws.stop();
  });

  const announce = (payload: object) => api.inject({ method: "POST", url: "/api/uploads", payload });

  it("are transferred between the caller and the bucket with presigned requests", async () => {
    const answer = await announce({ content_type: "text/plain", size: 5 });
    assert.equal(answer.statusCode, 201);
    const { id, url, expires_in } = answer.json();
    assert.equal(answer.headers["location"], `/api/uploads/${id}`);
    assert.equal(expires_in, 900);

    assert.equal((await api.inject(`/api/uploads/${id}`)).statusCode, 404);
    const put = await fetch(url, { method: "PUT", body: "hello", headers: { "content-type": "text/plain" } });
    assert.equal(put.status, 200);

    const download = (await api.inject(`/api/uploads/${id}`)).json();
    const got = await fetch(download.url);
    assert.equal(await got.text(), "hello");
    assert.equal(got.headers.get("content-type"), "text/plain");
    assert.equal(new URL(download.url).searchParams.get("response-content-disposition"), "attachment");
  });

  it("are signed for one type and size, without a checksum", async () => {
    const { searchParams } = new URL((await announce({ content_type: "image/png", size: 5 })).json().url);
    assert.equal(searchParams.get("X-Amz-SignedHeaders"), "content-length;content-type;host");
    assert.equal(searchParams.get("X-Amz-Expires"), "900");
    assert.deepEqual([...searchParams.keys()].filter((key) => /checksum/i.test(key)), []);
  });

  it("return 404 to other callers", async () => {
    const { id, url } = (await announce({ content_type: "text/plain", size: 5 })).json();
    await fetch(url, { method: "PUT", body: "hello", headers: { "content-type": "text/plain" } });
    caller = "mallory/../alice";
    assert.equal((await api.inject(`/api/uploads/${id}`)).statusCode, 404);
    caller = "alice";
    assert.equal((await api.inject(`/api/uploads/${id}`)).statusCode, 200);
  });

  it("reject an invalid size or type", async () => {
    for (const payload of [{ content_type: "text/plain", size: 0 }, { content_type: "text/plain", size: 104_857_601 }, { content_type: "x", size: 1 }]) {
      assert.equal((await announce(payload)).statusCode, 400);
    }
  });

  it("return 404 without a bucket", async () => {
    const without = await testApi(database);
    assert.equal((await without.inject({ method: "POST", url: "/api/uploads", payload: {} })).statusCode, 404);
  });
});
