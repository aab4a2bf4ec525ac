import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, describe, it } from "node:test";
import type { FastifyInstance } from "fastify";
import type { Database } from "../../src/database/database";
import { migratedDatabase, testApi } from "../fixtures/api";

describe("a malformed request on a socket", () => {
  let database: Database;
  let api: FastifyInstance;
  let port: number;

  before(async () => {
    database = await migratedDatabase();
    api = await testApi(database);
    port = Number(new URL(await api.listen({ host: "127.0.0.1", port: 0 })).port);
  });
  after(async () => {
    await api.close();
    await database.close();
  });

  async function send(text: string): Promise<{ status: number; problem: { status: number; request_id: string } }> {
    const socket = connect(port, "127.0.0.1");
    socket.write(text);
    const answer = (await socket.setEncoding("utf8").toArray()).join("");
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    assert.match(head, /content-type: application\/problem\+json/);
    return { status: Number(head.split(" ")[1]), problem: JSON.parse(body) };
  }

  const bad: [what: string, text: string, status: number][] = [
    ["20,000 headers", `GET /api/items HTTP/1.1\r\nhost: a\r\n${"x-a: b\r\n".repeat(20_000)}\r\n`, 431],
    ["a header of 100 kB", `GET /api/items HTTP/1.1\r\nhost: a\r\nx-a: ${"b".repeat(100_000)}\r\n\r\n`, 431],
    ["text that is not HTTP", "HELO there\r\n\r\n", 400],
    ["two content-length headers", "POST /api/items HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello", 400],
    ["content-length with transfer-encoding: chunked", "POST /api/items HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 400],
    ["a space before the colon of a header", "GET /api/items HTTP/1.1\r\nhost : a\r\n\r\n", 400],
    ["a chunk without a length", "POST /api/items HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", 400],
  ];
  for (const [what, text, status] of bad) {
    it(`with ${what} returns ${status} and a problem, and does not affect other requests`, async () => {
      const answer = await send(text);
      assert.equal(answer.status, status);
      assert.equal(answer.problem.status, status);
      assert(answer.problem.request_id.length > 10);
      assert.equal((await fetch(`http://127.0.0.1:${port}/health`)).status, 200);
    });
  }
});
