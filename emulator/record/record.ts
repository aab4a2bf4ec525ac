import { appendFileSync, writeFileSync } from "node:fs";
import type { ApiCall, Model } from "../models/model";
import type { Layer } from "../proxy/layer";
import { isJsonObject, text, type JsonObject, type JsonValue } from "../wire/json";
import { errorOf, isSuccess } from "../wire/reply";

/** One call in a record, a line of JSON in its file. */
export interface RecordedCall {
  /** Start of the call, in milliseconds since 1970. */
  readonly time: number;
  /** ARN of the caller. */
  readonly caller: string;
  readonly account: string;
  readonly region: string;
  /** Signing name of the service. */
  readonly service: string;
  /** Operation in AWS's API model, or method and path when no model has it. */
  readonly operation: string;
  /** The parameters, without secrets. */
  readonly input: JsonObject;
  readonly status: number;
  /** AWS's error code. @default - the call succeeded */
  readonly code?: string;
  /** AWS's error message. @default - the call succeeded */
  readonly message?: string;
  /** Time until the reply, in milliseconds. */
  readonly durationMs: number;
}

const removed = "(removed)";
/** Parameters with secrets that AWS's models do not mark as sensitive. */
const secret = /password|secretstring|secretbinary|privatekey|authtoken|accesstoken|refreshtoken/i;

/**
 * Appends every call to a file, one line of JSON each.
 *
 * @param file path; an existing file is replaced
 * @throws Error when the file cannot be written
 */
export function recording(file: string): Layer {
  writeFileSync(file, "");
  return async (request, next) => {
    const time = Date.now();
    const reply = await next(request);
    const { api } = request;
    const { account, region, service } = request;
    const call: RecordedCall = {
      time,
      caller: request.caller.arn,
      account,
      region,
      service,
      operation: api?.operation ?? request.operation,
      input: api ? withoutSecrets(api.model, inputShape(api), api.input) : {},
      status: reply.status,
      ...(!isSuccess(reply) && errorOf(reply)),
      durationMs: Date.now() - time,
    };
    appendFileSync(file, `${JSON.stringify(call)}\n`);
    return reply;
  };
}

function inputShape({ model, operation }: ApiCall): string {
  return model.operations[operation]?.input?.shape ?? "";
}

function withoutSecrets(model: Model, name: string, value: JsonObject): JsonObject {
  return redact(model, name, value) as JsonObject; // an input is a structure, which is never sensitive itself
}

function redact(model: Model, name: string, value: JsonValue): JsonValue {
  const shape = model.shapes[name];
  if (shape?.sensitive && value != null) return removed;
  if (Array.isArray(value)) return value.map((item: JsonValue) => redact(model, shape?.member?.shape ?? "", item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const target = shape?.members?.[key]?.shape ?? shape?.value?.shape ?? "";
      return [key, secret.test(key) && text(item) !== "" ? removed : redact(model, target, item)];
    }),
  );
}
