import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import { readHead } from "../models/api-call";
import type { Models } from "../models/model";
import { awsRequest, internalRequest, operationOf, readCall, type AwsRequest, type InternalCall } from "./call";
import type { Callers } from "./callers";
import { isNotImplemented, notImplementedReply, upstreamEndedReply } from "./error-reply";
import { Routes, type Forward, type Gap, type Reply } from "./gap";
import { throughLayers, type Layer } from "./layer";
import { NetworkLoadBalancers } from "./network-load-balancers";
import { endToEnd, readBody, send, type Upstream } from "./upstream";

export interface ProxyOptions {
  readonly upstream: Upstream;
  /** Resolves to a message when moto has ended by itself. @default - it does not */
  readonly upstreamEnded?: Promise<string>;
  readonly callers: Callers;
  /** AWS's API models, by which streams are recognized. @default - every body is read before it is sent */
  readonly models?: Models;
  /** Creates all gaps without any state. */
  readonly createGaps: () => readonly Gap[];
  /** Creates what every call of a client passes first, outermost first, without any state. @default - nothing */
  readonly createLayers?: () => readonly Layer[];
  /** Answers a request that is not an AWS call, before it is read; false passes it on. @default - all requests are AWS calls */
  readonly dataPlane?: (incoming: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  /** Runs before all state of the emulated AWS is deleted. @default - nothing runs */
  readonly onReset?: () => void;
  /** Receives the message on each call that moto does not implement. @default - nothing runs */
  readonly onUnanswered?: (message: string) => void;
}

/** After this time the next call is sent, too: a call that takes longer usually waits for a subscriber, which may call AWS. */
const longestTurnMs = 1000;

/** Time between a connection that breaks and the exit code of a moto that has ended. */
const longestEndMs = 500;

/** Load balancers take more than Node.js does by default: their own limits apply. */
const longestHead = 128 * 1024;

/** Operations that wait for other calls, so that they take no turn. */
const longPolls = ["ReceiveMessage"];

/** An HTTP proxy for moto: sends it one call at a time, or has a gap handle the call, and replies 501 where moto fails. */
export class Proxy {
  readonly server: Server;
  private routes: Routes;
  private layers: readonly Layer[];
  private readonly turns = pLimit(1);
  private readonly balancers = new NetworkLoadBalancers();

  constructor(private readonly options: ProxyOptions) {
    this.routes = new Routes(options.createGaps());
    this.layers = options.createLayers?.() ?? [];
    this.server = createServer({ maxHeaderSize: longestHead }, (request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        if (response.headersSent) response.destroy();
        else response.writeHead(500, { "content-type": "text/plain" }).end(String(error));
      });
    });
    // Terraform's slowest upload may take longer than the default of five minutes.
    this.server.requestTimeout = 0;
  }

  /** Handles a call that the emulator itself makes: it passes no layer. */
  send(call: InternalCall): Promise<Reply> {
    return this.handle(internalRequest(call));
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await this.options.dataPlane?.(incoming, response)) return;
    const call = readCall(incoming);
    const caller = this.options.callers.of(call.accessKeyId);
    if (call.path === "/moto-api/reset") this.reset();
    const head = this.options.models && readHead(this.options.models, call);
    const isStream = head?.isStreaming === true && !this.routes.find(call, operationOf(call));
    const body = isStream ? Buffer.alloc(0) : await readBody(incoming);
    const request = { ...awsRequest(call, caller, body), ...(isStream && { stream: incoming }) };
    this.write(response, await throughLayers(this.layers, request, (passed) => this.handle(passed)));
    // A refused upload is read to its end, so that the client reads the refusal.
    incoming.resume();
  }

  private async handle(request: AwsRequest): Promise<Reply> {
    const match = this.routes.find(request, request.operation);
    const headers = withAccount(request.headers, request.account);
    const forward: Forward = async ({ body = request.stream ?? request.body, ...changes } = {}) => {
      const head = {
        method: request.method,
        ...changes,
        url: this.balancers.toMoto(request, changes.url ?? request.url),
        headers: { ...headers, ...changes.headers },
      };
      const sent = typeof body === "string" ? Buffer.from(body) : body;
      const content = Buffer.isBuffer(sent) ? this.balancers.bodyToMoto(request, sent) : sent;
      const call = () => send(this.options.upstream, head, content).catch(() => undefined);
      const reply = await (longPolls.includes(request.operation) ? call() : this.inTurn(call));
      const end = reply ? undefined : await this.upstreamEnd();
      if (end !== undefined) return upstreamEndedReply(request, end);
      if (!reply || isNotImplemented(reply)) return notImplementedReply(request, request.operation);
      return this.balancers.fromMoto(request, reply);
    };
    return match ? match.handler({ ...request, params: match.params }, forward) : forward();
  }

  /** Why moto does not answer, when it has ended. */
  private upstreamEnd(): Promise<string | undefined> {
    return Promise.race([this.options.upstreamEnded, sleep(longestEndMs, undefined, { ref: false })]);
  }

  // moto's threads share their tables without a lock: a list that one call reads while another adds to it is a 500
  // ("dictionary changed size during iteration"), and services read each other's tables. Its threads share one processor.
  private async inTurn<Result>(call: () => Promise<Result>): Promise<Result> {
    const answered = new AbortController();
    const { result } = await this.turns(async () => {
      const started = call().finally(() => {
        answered.abort();
      });
      await Promise.race([started, sleep(longestTurnMs, undefined, answered)]).catch(() => undefined);
      return { result: started };
    });
    return result;
  }

  private write(response: ServerResponse, { status, headers, body, unanswered }: Reply): void {
    if (unanswered !== undefined) this.options.onUnanswered?.(unanswered);
    const rest = endToEnd(headers);
    delete rest["transfer-encoding"];
    // The response to HEAD has the length of a body that it does not contain.
    const isHead = body.length === 0 && rest["content-length"] !== undefined;
    // https://www.rfc-editor.org/rfc/rfc9110#name-content-length
    const hasBody = !isHead && status !== 204 && status !== 304;
    response.writeHead(status, hasBody ? { ...rest, "content-length": body.length } : rest);
    response.end(body);
  }

  private reset(): void {
    this.routes = new Routes(this.options.createGaps());
    this.layers = this.options.createLayers?.() ?? [];
    this.options.callers.clear();
    this.balancers.clear();
    this.options.onReset?.();
  }
}

// Without this header moto would derive the account from the access key, by rules of its own.
function withAccount(headers: IncomingHttpHeaders, account: string): OutgoingHttpHeaders {
  return { ...headers, "x-moto-account-id": account };
}
