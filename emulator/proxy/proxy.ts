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
import {
  awsRequest,
  internalRequest,
  readCall,
  type Accounts,
  type AwsRequest,
  type Call,
  type InternalCall,
} from "./call";
import { Routes, type Forward, type Gap, type Reply } from "./gap";
import { isNotImplemented, notImplementedReply } from "./not-implemented";
import { endToEnd, readBody, send, type RequestHead, type Upstream } from "./upstream";

export interface ProxyOptions {
  readonly upstream: Upstream;
  readonly accounts: Accounts;
  /** Creates all gaps without any state. */
  readonly createGaps: () => readonly Gap[];
  /** Runs before a call is sent to moto. @default - nothing runs */
  readonly onCall?: (call: Call, account: string, operation: string) => Promise<void> | void;
  /** Runs before all state of the emulated AWS is deleted. @default - nothing runs */
  readonly onReset?: () => void;
  /** Receives the message on each call that moto does not implement. @default - nothing runs */
  readonly onUnanswered?: (message: string) => void;
}

/** After this time the next call is sent, too: a call that takes longer usually waits for a subscriber, which may call AWS. */
const longestTurnMs = 1000;

/** Operations that wait for other calls, so that they take no turn. */
const longPolls = ["ReceiveMessage"];

/** An HTTP proxy for moto: sends it one call at a time, or has a gap handle the call, and replies 501 where moto fails. */
export class Proxy {
  readonly server: Server;
  private routes: Routes;
  private readonly turns = pLimit(1);

  constructor(private readonly options: ProxyOptions) {
    this.routes = new Routes(options.createGaps());
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
    // Terraform's slowest upload may take longer than the default of five minutes.
    this.server.requestTimeout = 0;
  }

  /** Handles a call that the emulator itself makes. */
  send(call: InternalCall): Promise<Reply> {
    const { method = "GET", path: url = "/" } = call;
    const request = internalRequest(call);
    return this.handle(request, { method, url, headers: withAccount(request.headers, request.account) });
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = readCall(incoming);
    const account = this.options.accounts.of(call.accessKeyId);
    if (call.path === "/moto-api/reset") this.reset();
    const head = { method: call.method, url: incoming.url ?? "/", headers: withAccount(incoming.headers, account) };
    const request = awsRequest(call, account, await readBody(incoming));
    await this.options.onCall?.(call, account, request.operation);
    this.write(response, await this.handle(request, head));
  }

  private async handle(request: AwsRequest, head: RequestHead): Promise<Reply> {
    const match = this.routes.find(request, request.operation);
    const forward: Forward = async ({ body = request.body, headers, ...changes } = {}) => {
      const changed = { ...head, ...changes, headers: { ...head.headers, ...headers } };
      const call = () => send(this.options.upstream, changed, Buffer.from(body)).catch(() => undefined);
      const reply = await (longPolls.includes(request.operation) ? call() : this.inTurn(call));
      return reply && !isNotImplemented(reply) ? reply : notImplementedReply(request, request.operation);
    };
    return match ? match.handler({ ...request, params: match.params }, forward) : forward();
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
    this.options.accounts.clear();
    this.options.onReset?.();
  }
}

// Without this header moto would derive the account from the access key, by rules of its own.
function withAccount(headers: IncomingHttpHeaders, account: string): OutgoingHttpHeaders {
  return { ...headers, "x-moto-account-id": account };
}
