import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createGaps } from "../../emulator/gaps";
import { Accounts } from "../../emulator/proxy/accounts";
import { Proxy } from "../../emulator/proxy/proxy";

/** What the program behind the proxy answers. */
export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly body: string | Buffer;
}

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The emulator's proxy before a program that answers what a test says. */
export class FakeAws {
  public readonly received: Received[] = [];
  public readonly unanswered: string[] = [];
  /** The answer to all calls, or what finds it for each. */
  public answer: Answer | ((received: Received) => Answer) = { body: "{}" };
  private readonly upstream: Server;
  private proxy: Server | undefined;

  constructor() {
    this.upstream = createServer((request, response) => {
      void request.toArray().then((chunks: Buffer[]) => {
        const { method = "", url = "", headers } = request;
        const received = { method, url, headers, body: Buffer.concat(chunks) };
        this.received.push(received);
        const answer = typeof this.answer === "function" ? this.answer(received) : this.answer;
        const { status = 200, type = "application/x-amz-json-1.1", body } = answer;
        response.writeHead(status, { "content-type": type });
        response.end(body);
      });
    });
  }

  public async start(): Promise<void> {
    const accounts = new Accounts("111122223333");
    const { server } = new Proxy({
      upstream: { host: "127.0.0.1", port: await listen(this.upstream) },
      accounts,
      createGaps: () => createGaps(accounts),
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

  /** Sends a signed call of a service through the proxy. */
  public call(service: string, path: string, options: RequestInit & { region?: string } = {}): Promise<Response> {
    if (this.proxy === undefined) throw new Error("the proxy is not started");
    const { region = "us-east-1", headers, ...rest } = options;
    const scope = `AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/${region}/${service}/aws4_request`;
    return fetch(`http://127.0.0.1:${portOf(this.proxy)}${path}`, {
      ...rest,
      headers: { ...Object.fromEntries(new Headers(headers)), authorization: scope },
    });
  }

  /** A call of the JSON protocol. */
  public json(service: string, operation: string, body: object, region?: string): Promise<Response> {
    return this.call(service, "/", {
      region,
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `Service.${operation}` },
      body: JSON.stringify(body),
    });
  }

  /** The JSON that a call of the JSON protocol is answered with. */
  public async ask(service: string, operation: string, body: object): Promise<unknown> {
    const answer: unknown = await (await this.json(service, operation, body)).json();
    return answer;
  }

  /** The JSON that a call of the REST protocol is answered with. */
  public async rest(service: string, method: string, path: string, body?: object): Promise<unknown> {
    const response = await this.call(service, path, { method, body: body && JSON.stringify(body) });
    const answer: unknown = await response.json();
    return answer;
  }

  /** The XML that a call of the Query or EC2 protocol is answered with. */
  public async query(service: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    return (await this.form(service, parameters)).text();
  }

  /** A call of the Query or EC2 protocol. */
  public form(service: string, parameters: Readonly<Record<string, string>>): Promise<Response> {
    return this.call(service, "/", { method: "POST", body: new URLSearchParams(parameters) });
  }
}

/** The answer of a Query or EC2 service. */
export function xml(body: string): Answer {
  return { type: "text/xml", body };
}

/** What an unimplemented operation of moto looks like. */
export const unimplemented: Answer = { status: 500, type: "text/html", body: "<!doctype html>" };

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return portOf(server);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port; // a TCP server that listens has an AddressInfo
}
