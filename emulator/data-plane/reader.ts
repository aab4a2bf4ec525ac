import { scopeKey, type Aws, type Scope } from "../models/aws";
import type { InternalCall } from "../proxy/call";
import type { Reply } from "../proxy/gap";
import { isReadRequest, type Layer } from "../proxy/layer";
import { objects, parseJson, text, type JsonObject } from "../wire/json";
import { isSuccess } from "../wire/reply";

const usualLifeMs = 1000;

/** Names under which a list has the position of its next page, and under which a request takes it. */
const pages = [
  ["NextMarker", "Marker"],
  ["NextToken", "NextToken"],
  ["nextToken", "nextToken"],
] as const;

interface Answer {
  readonly service: string;
  readonly until: number;
  readonly output: Promise<JsonObject>;
}

/**
 * Reads the emulated AWS as the data plane needs it. Answers are kept until a call that may change something, and at most
 * one second, because one request through a load balancer needs about ten of them.
 */
export class Reader {
  private readonly answers = new Map<string, Answer>();

  /**
   * @param lifeMs how long answers of a service are kept at most @default - one second
   */
  constructor(
    private readonly aws: Aws,
    private readonly proxy: { send(call: InternalCall): Promise<Reply> },
    private readonly clock: () => number = Date.now,
    private readonly lifeMs: (service: string) => number = () => usualLifeMs,
  ) {}

  /** Forgets all answers before and after every call that may change something. */
  readonly layer: Layer = async (request, next) => {
    if (isReadRequest(request)) return next(request);
    try {
      return await next(request);
    } finally {
      this.answers.clear();
    }
  };

  /** Forgets the answers of some services. @param services names with which they were asked @default - all services */
  forget(services?: readonly string[]): void {
    for (const [key, { service }] of this.answers) {
      if (services?.includes(service) ?? true) this.answers.delete(key);
    }
  }

  /** The output of an operation, by the names of AWS's API model; an empty object on an error. */
  ask(scope: Scope, service: string, operation: string, input: JsonObject = {}): Promise<JsonObject> {
    const key = `${scopeKey(scope)} ${service} ${operation} ${JSON.stringify(input)}`;
    return this.once(service, key, () => this.aws.ask(scope, service, operation, input));
  }

  /** Calls an operation that changes something; an error is ignored. */
  async change(scope: Scope, service: string, operation: string, input: JsonObject): Promise<void> {
    await this.aws.ask(scope, service, operation, input);
    this.answers.clear();
  }

  /** The objects of a list in all pages of an operation. */
  async all(
    scope: Scope,
    service: string,
    operation: string,
    member: string,
    input: JsonObject = {},
  ): Promise<readonly JsonObject[]> {
    const found: JsonObject[] = [];
    let page: JsonObject | undefined = input;
    while (page) {
      const output: JsonObject = await this.ask(scope, service, operation, page);
      found.push(...objects(output[member]));
      const next = pages.find(([name]) => text(output[name]) !== "");
      page = next && { ...input, [next[1]]: output[next[0]] };
    }
    return found;
  }

  /**
   * A resource of API Gateway, by its path, such as "/restapis/abc/stages/v1": its two models share operation names.
   *
   * @returns an empty object when the resource does not exist
   */
  apiGateway(scope: Scope, path: string): Promise<JsonObject> {
    return this.once("apigateway", `${scopeKey(scope)} ${path}`, async () => {
      const reply = await this.proxy.send({ service: "apigateway", ...scope, path });
      return isSuccess(reply) ? parseJson(reply.body) : {};
    });
  }

  private once(service: string, key: string, read: () => Promise<JsonObject>): Promise<JsonObject> {
    const known = this.answers.get(key);
    if (known && known.until > this.clock()) return known.output;
    const output = read().catch((error: unknown) => {
      this.answers.delete(key);
      throw error;
    });
    this.answers.set(key, { service, until: this.clock() + this.lifeMs(service), output });
    return output;
  }
}
