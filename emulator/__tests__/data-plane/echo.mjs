// A program that answers every request with what it received and what it runs with.
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const { PORT, FAILS_AT_START, LISTENS_AFTER_MS = "0" } = process.env;
if (FAILS_AT_START) {
  console.error("no database");
  process.exit(1);
}
await sleep(Number(LISTENS_AFTER_MS));
createServer((request, response) => {
  const { method, url, headers } = request;
  if (url.startsWith("/hang")) return;
  if (url.startsWith("/exit")) process.exit(1);
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const status = Number(/^\/status\/(\d+)/.exec(url)?.[1] ?? 200);
    const { HOME, PATH, TMPDIR, ...environment } = process.env;
    const body = Buffer.concat(chunks).toString();
    response.writeHead(status, { "content-type": "application/json", "set-cookie": ["one=1", "two=2"] });
    response.end(JSON.stringify({ method, url, headers, body, environment, pid: process.pid }));
  });
}).listen(Number(PORT), "127.0.0.1");
