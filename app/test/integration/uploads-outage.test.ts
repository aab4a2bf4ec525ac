import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { after, before, describe, it } from "node:test";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import type { Database } from "../../src/database/database";
import { clientDefaults, UploadStore } from "../../src/uploads/upload-store";
import { migratedDatabase, testApi } from "../fixtures/api";
import { freePort } from "../fixtures/child";
import { clientOf } from "../fixtures/emulated-aws";

const read = { url: "/api/uploads/00000000-0000-4000-8000-000000000001" };
const announce = { method: "POST", url: "/api/uploads", payload: { content_type: "image/png", size: 5 } } as const;

describe("an outage of S3", () => {
  let database: Database;

  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  const apiWith = (s3: S3ClientConfig) => testApi(database, {}, { uploads: new UploadStore("uploads", new S3Client({ ...clientDefaults, ...s3 })) });

  /** Requests an upload while `listener` handles the requests to S3. */
  async function readWhile(listener: RequestListener, s3: S3ClientConfig = {}) {
    const server = createServer(listener).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("a TCP server must have an address with a port");
    const answer = await (await apiWith({ ...clientOf(`http://127.0.0.1:${address.port}`), ...s3 })).inject(read);
    server.close();
    server.closeAllConnections();
    return answer;
  }

  function assertUnavailable(answer: Awaited<ReturnType<typeof readWhile>>): void {
    assert.equal(answer.statusCode, 503, answer.body);
    assert.equal(answer.headers["retry-after"], "2");
    assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
    assert.equal(answer.json().detail, "the upload store is unavailable");
  }

  it("returns 503 with Retry-After when the connection is refused", async () => {
    const api = await apiWith(clientOf(`http://127.0.0.1:${await freePort()}`));
    assertUnavailable(await api.inject(read));
  });

  for (const status of [429, 500, 503]) {
    it(`returns 503 with Retry-After when S3 responds with ${status}`, async () => {
      assertUnavailable(await readWhile((_request, response) => response.writeHead(status).end()));
    });
  }

  it("returns 503 with Retry-After when S3 does not respond", async () => {
    const { requestHandler } = clientDefaults;
    assertUnavailable(await readWhile(() => undefined, { requestHandler: { ...requestHandler, requestTimeout: 100 } }));
  });

  it("returns 503 with Retry-After when the task role's credentials cannot be read", async () => {
    const credentials = () => Promise.reject(new Error("the credentials endpoint is unavailable"));
    const api = await apiWith({ ...clientOf("http://127.0.0.1:9"), credentials });
    for (const request of [read, announce]) assertUnavailable(await api.inject(request));
  });

  it("is retried: a request succeeds after two failures", async () => {
    let calls = 0;
    const answer = await readWhile((_request, response) => response.writeHead(++calls < 3 ? 503 : 200).end());
    assert.equal(answer.statusCode, 200);
  });

  it("does not include a missing permission, which returns 500", async () => {
    assert.equal((await readWhile((_request, response) => response.writeHead(403).end())).statusCode, 500);
  });

  it("is detected before the integration timeout of API Gateway", () => {
    assert.deepEqual(clientDefaults.requestHandler, { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true });
    assert.equal(clientDefaults.maxAttempts, 3);
  });
});
