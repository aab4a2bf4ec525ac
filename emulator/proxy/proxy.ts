import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Accounts } from "./accounts";
import { isForm, readCall, type Call } from "./call";
import type { AwsRequest, Forward, Gap, Reply } from "./gap";
import { OneAtATime } from "./one-at-a-time";
import { ownCall, type OwnCall } from "./own-call";
import { Routes } from "./route";
import { isFailure, unansweredReply } from "./unanswered";
import { ask, collect, endToEnd, readAll, type Upstream, type UpstreamRequest } from "./upstream";

export interface ProxyOptions {
  readonly upstream: Upstream;
  readonly accounts: Accounts;
  /** Makes all gaps anew, without anything remembered. */
  readonly createGaps: () => readonly Gap[];
  /** Is told of each call before it goes to moto. */
  readonly onCall?: (call: Call, account: string, operation: string) => Promise<void> | void;
  /** Is told when everything in the emulated AWS is about to be forgotten. */
  readonly onReset?: () => void;
  /** Is told of each call that moto could not answer. */
  readonly onUnanswered?: (message: string) => void;
}

/** Stands before moto: passes calls through as they stream, lets gaps handle theirs, and turns failures into 501. */
export class Proxy {
  readonly server: Server;
  private routes: Routes;
  private readonly queue = new OneAtATime();

  constructor(private readonly options: ProxyOptions) {
    this.routes = new Routes(options.createGaps());
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
    // Terraform's slowest upload may outlast the default of five minutes.
    this.server.requestTimeout = 0;
  }

  /** Answers a call of the emulator's own. */
  ask(call: OwnCall): Promise<Reply> {
    const { request, head } = ownCall(call);
    return this.answer(request, head);
  }

  private async answer(request: AwsRequest, head: UpstreamRequest): Promise<Reply> {
    const match = this.routes.find(request, request.operation);
    const matched = { ...request, params: match?.params ?? {} };
    const forward: Forward = async ({ body = request.body, headers, ...change } = {}) => {
      const changed = { ...head, ...change, headers: { ...head.headers, ...headers } };
      const answer = await this.queue.run(request.service, () =>
        ask(this.options.upstream, changed, Buffer.from(body)).then(collect, () => undefined),
      );
      return answer && !isFailure(answer) ? answer : unansweredReply(request, request.operation);
    };
    return match ? match.handler(matched, forward) : forward();
  }

  private async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = readCall(incoming);
    const account = this.options.accounts.of(call.accessKeyId);
    if (call.path === "/moto-api/reset") this.reset();
    // moto would look for the account of an access key in its own way.
    const headers = { ...incoming.headers, "x-moto-account-id": account };
    const head = { method: call.method, url: incoming.url ?? "/", headers };

    const named = call.target ?? `${call.method} ${call.path}`;
    if (!isForm(call) && !this.routes.find(call, named)) {
      await this.options.onCall?.(call, account, named);
      await this.pass(call, named, head, incoming, response);
      return;
    }
    const body = await readAll(incoming);
    const form = new URLSearchParams(isForm(call) ? body.toString() : "");
    const operation = form.get("Action") ?? named;
    await this.options.onCall?.(call, account, operation);
    this.write(response, await this.answer({ ...call, account, operation, body, form, params: {} }, head));
  }

  private async pass(
    call: Call,
    operation: string,
    head: UpstreamRequest,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const answer = await ask(this.options.upstream, head, request).catch(() => undefined);
    const status = answer?.statusCode ?? 502;
    if (!answer || status >= 500 || status === 404 || status === 405) {
      const whole = answer && (await collect(answer));
      this.write(response, whole && !isFailure(whole) ? whole : unansweredReply(call, operation));
      return;
    }
    response.writeHead(status, endToEnd(answer.headers));
    answer.on("error", () => response.destroy());
    answer.pipe(response);
  }

  private write(response: ServerResponse, { status, headers, body, unanswered }: Reply): void {
    if (unanswered !== undefined) this.options.onUnanswered?.(unanswered);
    const rest = endToEnd(headers);
    delete rest["transfer-encoding"];
    // The answer to HEAD names the length of a body that it does not bring.
    const isHead = body.length === 0 && rest["content-length"] !== undefined;
    response.writeHead(status, isHead ? rest : { ...rest, "content-length": body.length });
    response.end(body);
  }

  private reset(): void {
    this.routes = new Routes(this.options.createGaps());
    this.options.accounts.forget();
    this.options.onReset?.();
  }
}
