import type { IncomingMessage, ServerResponse } from "node:http";
import type { Aws } from "../models/aws";
import type { InternalCall } from "../proxy/call";
import type { Reply } from "../proxy/gap";
import type { Layer } from "../proxy/layer";
import type { Times } from "../time";
import { Apis } from "./api/serve";
import type { DataPlaneContext } from "./context";
import { targetHealth } from "./health/layer";
import type { HopAllowed } from "./hop";
import { serveListener } from "./load-balancer/listener";
import { hostOf, jsonResponse, readRequest, textResponse, type DataRequest, type DataResponse } from "./message";
import { destinationOf, isAwsName, isIssuerName } from "./name/destination";
import { canonicalName } from "./name/records";
import { Reader } from "./reader";
import { Tasks } from "./task/tasks";
import type { TaskCommands } from "./task/commands";
import { serviceChanges } from "./task/changes";
import type { Authorize } from "./task/execution-role";
import { FailedTasks } from "./task/failed-tasks";
import { Launcher } from "./task/launcher";
import { Rollouts } from "./task/rollouts";
import { standaloneTasks } from "./task/standalone";
import { serveIssuer, serveUserPoolDomain } from "./token/endpoints";
import { Signer } from "./token/signer";
import { Trace } from "./trace";
import { WebAcls } from "./waf/web-acl";

export type { TaskCommand, TaskCommands, Variables } from "./task/commands";
export type { Hop, HopAllowed, HopEnd } from "./hop";

export interface DataPlaneOptions {
  readonly aws: Aws;
  readonly send: (call: InternalCall) => Promise<Reply>;
  /** The accounts that have called the emulated AWS. */
  readonly accounts: () => readonly string[];
  /** Region of names that contain none. */
  readonly region: string;
  readonly commands: TaskCommands;
  /** Variables with which a process reaches the emulated AWS, by its region. */
  readonly environment: (region: string) => Readonly<Record<string, string | undefined>>;
  /** Evaluates the calls of ECS itself with a task's execution role. @default - it may do everything */
  readonly authorize?: Authorize;
  /** Receives a message on each task that does not start. @default - nothing runs */
  readonly warn?: (message: string) => void;
  /** @default - tasks are registered as soon as they run */
  readonly time?: Times;
  /** @default - security groups and routes allow every connection */
  readonly hopAllowed?: HopAllowed;
}

const signature = /^AWS4-HMAC-SHA256 |^AWS4-ECDSA/;

/**
 * Answers requests on the URLs that the emulated AWS gives out: load balancers, APIs, custom domains and records of public
 * hosted zones. A request comes with the host name of its URL in the header Host. The emulator speaks plain HTTP: a request
 * to an HTTPS listener has the header `x-forwarded-proto: https`, or the port in its Host header.
 */
export class DataPlane {
  /** Layers that every AWS call passes. */
  readonly layers: readonly Layer[];
  private readonly context: DataPlaneContext;
  private readonly apis: Apis;
  private readonly launcher: Launcher;
  private readonly rollouts: Rollouts;

  constructor(options: DataPlaneOptions) {
    const {
      aws,
      send,
      accounts,
      region,
      commands,
      environment,
      authorize = () => Promise.resolve(undefined),
      warn = () => undefined,
      time = {},
      hopAllowed = () => Promise.resolve(undefined),
    } = options;
    const reader = new Reader(aws, { send }, time.clock);
    this.launcher = new Launcher({ aws, commands, environment, authorize, warn });
    const tasks = new Tasks(this.launcher);
    this.context = {
      reader,
      tasks,
      webAcls: new WebAcls(reader),
      signer: new Signer(),
      hopAllowed,
      send,
      accounts,
      region,
      time,
    };
    this.apis = new Apis(this.context);
    const failures = new FailedTasks();
    this.rollouts = new Rollouts(this.context, failures, warn);
    this.layers = [
      reader.layer,
      serviceChanges(this.context, this.rollouts),
      standaloneTasks(reader, this.launcher, warn),
      failures.layer,
      targetHealth(this.context),
    ];
  }

  /** Answers a request of the data plane; false when the request is an AWS call. */
  readonly handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    if (!(await this.isOwn(incoming))) return false;
    const request = await readRequest(incoming);
    const { status, headers, body } = await this.answer(request);
    const hasBody = request.method !== "HEAD" && status !== 204 && status !== 304;
    response.writeHead(status, hasBody ? { ...headers, "content-length": body.length } : headers);
    response.end(hasBody ? body : undefined);
    return true;
  };

  /** Answers a request. */
  async answer(request: DataRequest): Promise<DataResponse> {
    const trace = new Trace();
    const { status, headers, body } = await this.serve(request, trace).catch((error: unknown) => {
      trace.because(`the emulator failed: ${String(error)}`);
      return textResponse(500, `${String(error)}\n`);
    });
    return { status, headers: { ...headers, ...trace.headers() }, body };
  }

  /** Ends all tasks. */
  stop(): Promise<void> {
    this.rollouts.clear();
    this.context.tasks.clear();
    return this.launcher.stop();
  }

  private async isOwn({ headers, url = "" }: IncomingMessage): Promise<boolean> {
    const { name } = hostOf(headers.host ?? "");
    if (isAwsName(name)) return true;
    if (isIssuerName(name) && url.includes("/.well-known/")) return true;
    if (!name.includes(".") || name.endsWith(".amazonaws.com") || /^[\d.]+$/.test(name)) return false;
    if (signature.test(headers.authorization ?? "") || url.includes("X-Amz-Credential")) return false;
    if ((await canonicalName(this.context, name, new Trace())) !== name) return true;
    return (await destinationOf(this.context, name, new Trace())) !== undefined;
  }

  private async serve(request: DataRequest, trace: Trace): Promise<DataResponse> {
    const { context } = this;
    const destination = await destinationOf(context, request.host, trace);
    if (destination?.kind === "load-balancer") {
      const { scope, balancer } = destination;
      const from = { kind: "internet", sourceIp: request.sourceIp } as const;
      return serveListener({ context, scope, balancer, from }, request, trace);
    }
    if (destination?.kind === "issuer") return serveIssuer(context, request, trace);
    if (destination?.kind === "user-pool") return serveUserPoolDomain(context, destination.pool, request, trace);
    if (destination?.kind === "api") return this.apis.atEndpoint(destination.scope, destination.apiId, request, trace);
    if (destination) return this.apis.atDomain(destination.scope, destination.domainName, request, trace);
    trace.because(`nothing in the emulated AWS has the name ${request.host}`);
    return jsonResponse(404, { message: "Not Found" });
  }
}
