import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { createGaps } from "../gaps";
import { Callers } from "../proxy/callers";
import { Proxy } from "../proxy/proxy";
import { readBody } from "../proxy/upstream";

/** A reply of the fake upstream. */
export interface FakeReply {
  readonly status?: number;
  readonly type?: string;
  readonly body: string | Buffer;
}

/** A request that reached the fake upstream. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The emulator's proxy with a fake upstream, new for each test of the suite that calls this. */
export function fakeAwsForEachTest(): FakeAws {
  const aws = new FakeAws();
  beforeEach(() => aws.start());
  afterEach(() => {
    aws.stop();
  });
  return aws;
}

/** The emulator's proxy with a fake upstream in place of moto, whose replies a test sets. */
class FakeAws {
  public readonly received: Received[] = [];
  public readonly unanswered: string[] = [];
  /** The reply to all requests, or a function that returns it; a function that throws breaks the connection. */
  public reply: FakeReply | ((received: Received) => FakeReply | Promise<FakeReply>) = { body: "{}" };
  private upstream: Server | undefined;
  private proxy: Server | undefined;

  /** Starts without any requests, and with the first reply. */
  public async start(): Promise<void> {
    this.received.length = 0;
    this.unanswered.length = 0;
    this.reply = { body: "{}" };
    this.upstream = createServer((request, response) => {
      this.respond(request, response).catch(() => response.destroy());
    });
    const callers = new Callers("111122223333");
    const { server } = new Proxy({
      upstream: { host: "127.0.0.1", port: await listen(this.upstream) },
      callers,
      createGaps: () => createGaps(callers),
      onUnanswered: (message) => this.unanswered.push(message),
    });
    this.proxy = server;
    await listen(server);
  }

  public stop(): void {
    for (const server of [this.proxy, this.upstream]) {
      server?.closeAllConnections();
      server?.close();
    }
  }

  /** Sends a signed call to a service through the proxy. */
  public call(service: string, path: string, options: RequestInit & { region?: string } = {}): Promise<Response> {
    if (this.proxy === undefined) throw new Error("the proxy is not started");
    const { region = "us-east-1", headers, ...rest } = options;
    const scope = `AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/${region}/${service}/aws4_request`;
    return fetch(`http://127.0.0.1:${portOf(this.proxy)}${path}`, {
      ...rest,
      headers: { ...Object.fromEntries(new Headers(headers)), authorization: scope },
    });
  }

  /** Sends a call with the JSON protocol. */
  public jsonResponse(service: string, operation: string, body: object, region?: string): Promise<Response> {
    return this.call(service, "/", {
      region,
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `Service.${operation}` },
      body: JSON.stringify(body),
    });
  }

  /** The reply to a call with the JSON protocol. */
  public async json(service: string, operation: string, body: object, region?: string): Promise<unknown> {
    const reply: unknown = await (await this.jsonResponse(service, operation, body, region)).json();
    return reply;
  }

  /** The reply to a call with the REST JSON protocol. */
  public async rest(service: string, method: string, path: string, body?: object): Promise<unknown> {
    const response = await this.call(service, path, { method, body: body && JSON.stringify(body) });
    const reply: unknown = await response.json();
    return reply;
  }

  /** Sends a call with the Query or EC2 protocol. */
  public queryResponse(service: string, parameters: Readonly<Record<string, string>>): Promise<Response> {
    return this.call(service, "/", { method: "POST", body: new URLSearchParams(parameters) });
  }

  /** The reply to a call with the Query or EC2 protocol. */
  public async query(service: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    return (await this.queryResponse(service, parameters)).text();
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "", headers } = request;
    const received = { method, url, headers, body: await readBody(request) };
    this.received.push(received);
    const reply = typeof this.reply === "function" ? await this.reply(received) : this.reply;
    const { status = 200, type = "application/x-amz-json-1.1", body } = reply;
    response.writeHead(status, { "content-type": type });
    response.end(body);
  }
}

/** A reply of a Query or EC2 service. */
export function xml(body: string): FakeReply {
  return { type: "text/xml", body };
}

/** The reply of moto to an operation that it does not implement. */
export const notImplemented: FakeReply = { status: 500, type: "text/html", body: "<!doctype html>" };

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return portOf(server);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // a TCP server that listens has an AddressInfo
}
