import autocannon from "autocannon";
import { freePort } from "../test/fixtures/child";
import { noPostgres, PostgresServer } from "../test/fixtures/postgres-server";
import { startProgram } from "../test/fixtures/program";
import { Subject, type Usage } from "./subject";

const connections = 20;
const rounds = 30;
const seconds = 1;
// Ten minutes at 100 requests per second, a high load for a task of this size.
const tenMinutes = 60_000;

// Thresholds of the two checks; both are larger than the variation between runs on one machine.
const minimumRatio = 0.9;
const maximumGrowth = 1;

const print = (what: string, value: string) => console.log(`${what.padEnd(24)} ${value}`);
const mebibytes = ({ rss, heapUsed }: Usage) => `${(rss / 2 ** 20).toFixed(1)} MiB resident, ${(heapUsed / 2 ** 20).toFixed(1)} MiB heap`;
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function load(url: string, until: { duration: number } | { amount: number }) {
  const result = await autocannon({ url, connections, ...until });
  if (result.non2xx + result.errors > 0) throw new Error(`${url}: ${result.non2xx} responses other than 2xx, ${result.errors} errors`);
  return { perSecond: result.requests.average, p99: result.latency.p99, total: result.requests.total };
}

function reportResult(what: string, value: string, isPassed: boolean): boolean {
  print(what, `${value}: ${isPassed ? "pass" : "fail"}`);
  return isPassed;
}

interface Route {
  readonly subject: Subject;
  readonly url: string;
}

/** Results of the rounds of one route: requests per second, p99 in ms and the server's CPU time per request in µs. */
interface Rounds {
  readonly rates: number[];
  readonly p99s: number[];
  readonly costs: number[];
}

const noRounds = (): Rounds => ({ rates: [], p99s: [], costs: [] });

/** Measures the routes in short alternating rounds, so that other load on the machine affects all of them equally. */
async function compare(routes: Record<string, Route>): Promise<Record<string, Rounds>> {
  const measured = Object.fromEntries(Object.keys(routes).map((name) => [name, noRounds()]));
  for (const { url } of Object.values(routes)) await load(url, { duration: 2 });
  for (let round = 0; round < rounds; round++) {
    const turns = Object.entries(routes);
    for (const [name, { subject, url }] of round % 2 === 0 ? turns : turns.reverse()) {
      const before = await subject.usage(true);
      const { perSecond, p99, total } = await load(url, { duration: seconds });
      const { cpu } = await subject.usage(false);
      measured[name]?.rates.push(perSecond);
      measured[name]?.p99s.push(p99);
      measured[name]?.costs.push((cpu - before.cpu) / total);
    }
  }
  for (const [name, { rates, p99s, costs }] of Object.entries(measured)) {
    const rate = (value: number) => Math.round(value).toString().padStart(6);
    const cost = `${Math.round(median(costs))} µs of CPU per request`;
    print(name, `${rate(median(rates))} requests/s, ${rate(Math.max(...rates))} maximum   p99 ${median(p99s)} ms   ${cost}`);
  }
  return measured;
}

async function main(): Promise<void> {
  const bare = new Subject("bench/bare.cjs", await freePort());
  const postgres = noPostgres === false ? await PostgresServer.start() : undefined;
  print("database", noPostgres === false ? "a PostgreSQL server on this machine" : `embedded, in the memory of the service: ${noPostgres}`);
  const environment = { DATABASE_URL: postgres?.url() };
  if (postgres !== undefined && (await startProgram("migrate", environment).exit) !== 0) throw new Error("the database could not be migrated");
  const service = new Subject("dist/server.js", await freePort(), environment);
  await Promise.all([bare.ready(), service.ready()]);
  const created = await fetch(`${service.url}/api/items`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"name":"bench"}' });
  const item = `${service.url}${created.headers.get("location")}`;

  print("at rest", mebibytes(await service.usage(true)));
  const measured = await compare({
    "bare Fastify": { subject: bare, url: `${bare.url}/health` },
    "GET /health": { subject: service, url: `${service.url}/health` },
    "GET /api/items/{id}": { subject: service, url: item },
  });
  const ratios = measured["bare Fastify"]?.costs.map((bare, round) => bare / (measured["GET /health"]?.costs[round] ?? NaN)) ?? [];
  // Compares CPU time per request, which other load on the machine hardly changes; under full load it determines the request rate.
  const ratio = median(ratios);
  const isFast = reportResult("/health relative to bare", `${(ratio * 100).toFixed(1)} %`, ratio >= minimumRatio);

  const samples: Usage[] = [];
  const parts = 6;
  for (let part = 1; part <= parts; part++) {
    const peak = await service.peak(() => load(item, { amount: tenMinutes / parts }));
    const rest = await service.usage(true);
    samples.push(rest);
    print(`${(part * tenMinutes) / parts} of ${tenMinutes} reads`, `under load ${mebibytes(peak)}; at rest ${mebibytes(rest)}`);
  }
  // The first part warms up caches; a leak shows as growth in the parts after it.
  const growth = ((samples.at(-1)?.heapUsed ?? 0) - (samples[0]?.heapUsed ?? 0)) / 2 ** 20;
  const isStable = reportResult("heap growth", `${growth.toFixed(2)} MiB in ${(tenMinutes * (parts - 1)) / parts} reads`, growth < maximumGrowth);
  if (!isFast || !isStable) process.exitCode = 1;
  await Promise.all([bare.stop(), service.stop()]);
  await postgres?.remove();
}

void main();
