import type { InternalCall } from "../proxy/call";
import type { Reply } from "../proxy/gap";
import { errorOf, isSuccess } from "../wire/reply";
import type { JsonObject } from "../wire/json";
import { buildCall, readOutput } from "./client";
import { signingName, type Model, type Models } from "./model";

/** The account and region of a call. */
export interface Scope {
  readonly account: string;
  readonly region: string;
}

/** Names an account and region in a map. */
export function scopeKey({ account, region }: Scope): string {
  return `${account} ${region}`;
}

/**
 * Calls the emulated AWS from inside, by the names of AWS's API models, as an SDK does. These calls are neither checked
 * nor recorded.
 */
export class Aws {
  constructor(
    private readonly models: Models,
    private readonly proxy: { send(call: InternalCall): Promise<Reply> },
  ) {}

  /**
   * The output of an operation; an empty object when AWS replies with an error, such as that something does not exist.
   *
   * @param service signing name, such as "elasticloadbalancing", or name of a model, such as "elbv2"
   * @throws Error when no model of the service has an operation with this input
   */
  async ask(scope: Scope, service: string, operation: string, input: JsonObject = {}): Promise<JsonObject> {
    const { model, reply } = await this.send(scope, service, operation, input);
    return isSuccess(reply) ? readOutput(model, operation, reply) : {};
  }

  /**
   * The output of an operation.
   *
   * @param service signing name, such as "elasticloadbalancing", or name of a model, such as "elbv2"
   * @throws Error with AWS's code and message when AWS replies with an error
   */
  async demand(scope: Scope, service: string, operation: string, input: JsonObject = {}): Promise<JsonObject> {
    const { model, reply } = await this.send(scope, service, operation, input);
    if (isSuccess(reply)) return readOutput(model, operation, reply);
    const { code, message } = errorOf(reply);
    throw new Error(`${operation} of ${service}: ${code}: ${message}`);
  }

  private async send(scope: Scope, service: string, operation: string, input: JsonObject) {
    const model = this.models.of(service).find((candidate) => takes(candidate, operation, input));
    if (!model) throw new Error(`AWS's models have no operation ${operation} of ${service} with this input`);
    const { account, region } = scope;
    const call = buildCall(model, operation, input, { service: signingName(model), account, region });
    return { model, reply: await this.proxy.send(call) };
  }
}

// Both models of API Gateway have a "DeleteAuthorizer": one takes "restApiId", the other "ApiId".
function takes({ operations, shapes }: Model, operation: string, input: JsonObject): boolean {
  const members = shapes[operations[operation]?.input?.shape ?? ""]?.members ?? {};
  return operations[operation] !== undefined && Object.keys(input).every((name) => members[name] !== undefined);
}
