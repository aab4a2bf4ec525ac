import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, request, type IncomingMessage } from "node:http";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openEmbedded } from "../../src/database/embedded";
import { eventually } from "../fixtures/child";
import { preparedFolder } from "../fixtures/prepared";
import { startProgram } from "../fixtures/program";

const connections = 50;

interface Answer {
  readonly status: number;
  readonly closes: boolean;
}

/** One POST of an item; `pause` splits its body in two with a wait between them. */
async function post(url: string, agent: Agent, name: string, pause = 0): Promise<Answer> {
  const body = JSON.stringify({ name });
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  const sent = request(`${url}/api/items`, { method: "POST", agent, headers });
  sent.write(body.slice(0, 5));
  if (pause > 0) await sleep(pause);
  sent.end(body.slice(5));
  const answered: IncomingMessage = (await once(sent, "response"))[0];
  await answered.resume().toArray();
  return { status: answered.statusCode ?? 0, closes: answered.headers.connection === "close" };
}

describe("SIGTERM under load", () => {
  let folder: string;
  let program: ReturnType<typeof startProgram>;
  let url: string;

  before(async () => {
    folder = await preparedFolder();
    program = startProgram("server", { DATABASE_DIR: folder, PORT: "0", HOST: "127.0.0.1", DRAIN_DELAY_SECONDS: "4" });
    url = await program.address();
  });
  after(() => program.stop());

  it("completes every accepted request and exits with 0 in time", { timeout: 120_000 }, async () => {
    let created = 0;
    const lost: unknown[] = [];
    // Like a load balancer: reuses a connection until a response has connection: close.
    const clients = Array.from({ length: connections }, async (_value, client) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let index = 0; ; index++) {
        const answer = await post(url, agent, `${client}-${index}`).catch((error: unknown) => void lost.push(error));
        if (answer?.status === 201) created += 1;
        else if (answer !== undefined) lost.push(answer);
        if (answer === undefined || answer.closes) return agent.destroy();
      }
    });
    await eventually(async () => assert(created > connections, "there must be load before the signal"), 60);
    // Ends after the server has stopped accepting connections, on a connection with keep-alive.
    const slow = post(url, new Agent({ keepAlive: true }), "slow", 6_000);
    await sleep(300);

    const beforeStop = created;
    program.child.kill("SIGTERM");
    await program.logged("stopping");
    const readiness = await fetch(`${url}/ready`);
    assert.equal(readiness.status, 503);
    assert.match(await readiness.text(), /stopping/);

    await Promise.all(clients);
    assert.deepEqual(await slow, { status: 201, closes: true });
    // A stop that exceeds the drain time exits with 1.
    assert.equal(await program.exit, 0);
    assert.deepEqual(lost, []);
    assert(created > beforeStop, "there must be load after the signal");
    assert.equal(program.logs.at(-1)?.msg, "stopped");

    const database = await openEmbedded(folder);
    const rows = await database.query("select count(*)::int as count from items");
    await database.close();
    assert.deepEqual(rows, [{ count: created + 1 }]);
  });

  it("refuses new connections after the exit", async () => {
    await assert.rejects(fetch(`${url}/health`), /fetch failed/);
  });
});

describe("a program that cannot start", () => {
  it("lists every configuration problem in one error and exits with 1", async () => {
    const program = startProgram("server", { PORT: "x", AUTH_MODE: "maybe" });
    assert.equal(await program.exit, 1);
    const text = program.output.join("\n");
    assert.match(text, /items-api: the environment is not valid:\n {2}- PORT: "x" must be integer.*\n {2}- AUTH_MODE: "maybe"/);
    assert.doesNotMatch(text, / at /);
  });

  it("exits with 1 when its port is in use", async () => {
    const first = startProgram("server", { DATABASE_DIR: await preparedFolder(), PORT: "0", HOST: "127.0.0.1" });
    const port = new URL(await first.address()).port;
    const second = startProgram("server", { DATABASE_DIR: await preparedFolder(), PORT: port, HOST: "127.0.0.1" });
    assert.equal(await second.exit, 1);
    assert.match(second.output.join("\n"), /EADDRINUSE/);
    await first.stop();
  });
});
