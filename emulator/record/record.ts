import { decodeCbor, isCbor } from "../models/cbor";
import { isQuery, readOutput } from "../models/client";
import type { ApiCall } from "../models/model";
import { Problems } from "../models/problem";
import { isForm, type AwsRequest } from "../proxy/call";
import type { Reply } from "../proxy/gap";
import type { Layer } from "../proxy/layer";
import { object, omit, parseJson, text, type JsonObject } from "../wire/json";
import { errorOf, isSuccess } from "../wire/reply";
import type { RecordFile } from "./file";
import type { RecordedAction, RecordedCall } from "./line";
import { Redaction } from "./secrets";

/** The IAM actions that a call needs; undefined when they are not known. */
export type ActionsOf = (request: AwsRequest) => Promise<readonly RecordedAction[] | undefined>;

/** Appends every call to a record, in the order of the answers. */
export function recording(file: Pick<RecordFile, "write">, actionsOf: ActionsOf): Layer {
  return async (request, next) => {
    const time = Date.now();
    // The call may delete what its resources are looked up by.
    const actions = await actionsOf(request);
    const write = (reply: Reply): void => {
      const { api, caller, account, region, service } = request;
      file.write({
        time,
        caller: caller.arn,
        ...(caller.role && { role: caller.role.arn }),
        account,
        region,
        service,
        operation: api?.operation ?? `${request.method} ${request.path}`,
        ...answered(request, reply),
        durationMs: Date.now() - time,
        ...(actions && { actions }),
      });
    };
    try {
      const reply = await next(request);
      write(reply);
      return reply;
    } catch (error) {
      write({ status: 500, headers: {}, body: Buffer.from(JSON.stringify({ message: String(error) })) });
      throw error;
    }
  };
}

type Answered = Pick<RecordedCall, "input" | "output" | "status" | "code" | "message">;

function answered(request: AwsRequest, reply: Reply): Answered {
  const { api } = request;
  const { status } = reply;
  const error = isSuccess(reply) ? undefined : refusalIn(request, reply);
  const refused = error && { code: error.code || String(status), message: error.message };
  if (!api) return { input: {}, status, ...refused };
  const { model, operation } = api;
  const { input, output } = model.operations[operation] ?? {};
  const redaction = new Redaction(model);
  return {
    input: redaction.structure(input?.shape ?? "", api.input),
    ...(!error && output && { output: redaction.structure(output.shape, outputOf(request, api, reply)) }),
    status,
    ...(refused && { ...refused, message: redaction.message(refused.message) }),
  };
}

function refusalIn(request: AwsRequest, reply: Reply): { readonly code: string; readonly message: string } {
  if (!isCbor(request)) return errorOf(reply);
  const { __type: type, message } = object(decodeCbor(reply.body, new Problems()));
  return { code: text(type), message: text(message) };
}

function outputOf(request: AwsRequest, { model, operation }: ApiCall, reply: Reply): JsonObject {
  if (isCbor(request)) return object(decodeCbor(reply.body, new Problems()));
  // The services with several protocols answer a call that is not a form in JSON.
  if (isQuery(model) && !isForm(request)) return parseJson(reply.body);
  const shape = model.shapes[model.operations[operation]?.output?.shape ?? ""];
  const { payload = "" } = shape ?? {};
  const content = model.shapes[shape?.members?.[payload]?.shape ?? ""];
  // Such as an S3 object, or an exported API.
  const isContent = content?.type === "blob" || content?.streaming === true;
  return isContent
    ? omit(readOutput(model, operation, { ...reply, body: Buffer.alloc(0) }), [payload])
    : readOutput(model, operation, reply);
}
