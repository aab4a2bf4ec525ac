import autocannon from "autocannon";
import { freePort } from "../test/fixtures/child";
import { Subject, type Memory } from "./subject";

const connections = 20;
const rounds = 6;
const seconds = 3;
// Ten minutes at 100 requests a second, which is a busy task of this size.
const tenMinutes = 60_000;

const mebibytes = ({ rss, heapUsed }: Memory) => `${(rss / 2 ** 20).toFixed(1)} MiB resident, ${(heapUsed / 2 ** 20).toFixed(1)} MiB heap`;
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function load(url: string, until: { duration: number } | { amount: number }) {
  const result = await autocannon({ url, connections, ...until });
  if (result.non2xx + result.errors > 0) throw new Error(`${url}: ${result.non2xx} bad answers, ${result.errors} errors`);
  return { perSecond: result.requests.average, p99: result.latency.p99 };
}

/** Measures in turns, so that what else the machine does meets all alike. */
async function compare(urls: Record<string, string>): Promise<Record<string, number>> {
  const rates: Record<string, number[]> = {};
  const latencies: Record<string, number[]> = {};
  for (const url of Object.values(urls)) await load(url, { duration: 2 });
  for (let round = 0; round < rounds; round++) {
    for (const [name, url] of Object.entries(urls)) {
      const { perSecond, p99 } = await load(url, { duration: seconds });
      (rates[name] ??= []).push(perSecond);
      (latencies[name] ??= []).push(p99);
    }
  }
  for (const [name, values] of Object.entries(rates)) {
    console.log(`${name.padEnd(24)} ${Math.round(median(values)).toString().padStart(7)} requests/s   p99 ${median(latencies[name] ?? [])} ms`);
  }
  return Object.fromEntries(Object.entries(rates).map(([name, values]) => [name, median(values)]));
}

async function main(): Promise<void> {
  const bare = new Subject("bench/bare.cjs", await freePort());
  const service = new Subject("dist/server.js", await freePort());
  await Promise.all([bare.ready(), service.ready()]);
  const created = await fetch(`${service.url}/api/items`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"name":"bench"}' });
  const item = `${service.url}${created.headers.get("location")}`;

  console.log(`at rest                  ${mebibytes(await service.memory())}`);
  const rates = await compare({ "bare Fastify": `${bare.url}/health`, "GET /health": `${service.url}/health`, "GET /api/items/{id}": item });
  const ratio = (rates["GET /health"] ?? 0) / (rates["bare Fastify"] ?? 1);
  console.log(`/health against bare     ${(ratio * 100).toFixed(1)} %`);
  console.log(`after the load           ${mebibytes(await service.memory())}`);

  const samples: Memory[] = [];
  for (let part = 0; part < 6; part++) {
    await load(item, { amount: tenMinutes / 6 });
    samples.push(await service.memory());
    console.log(`${(part + 1) * 10_000} of ${tenMinutes} reads    ${mebibytes(await service.memory())}`);
  }
  // The first part warms caches up; a leak would show in what comes after it.
  const growth = ((samples.at(-1)?.heapUsed ?? 0) - (samples[0]?.heapUsed ?? 0)) / 2 ** 20;
  console.log(`growth of the heap       ${growth.toFixed(2)} MiB in ${(tenMinutes * 5) / 6} requests`);
  await Promise.all([bare.stop(), service.stop()]);
}

void main();
