import { isForm, type Call } from "../proxy/call";
import type { JsonObject } from "../wire/json";
import { decodeCbor, isCbor } from "./cbor";
import { InputCheck } from "./check";
import { modelNamed, takesForms } from "./client";
import { readForm } from "./form";
import type { ApiCall, Model, Models } from "./model";
import { Problems } from "./problem";
import { isStreaming, matchRest, parseBody, readRest, type RestMatch } from "./rest";

/** The operation that the head of a call names, as far as its protocol has it there. */
export interface ApiHead {
  readonly model: Model;
  readonly operation: string;
  /** Whether the payload is a stream of bytes, such as an S3 object. */
  readonly isStreaming: boolean;
  readonly rest?: RestMatch;
}

/** Identifies the operation by the head of a call; undefined when the body names it, or no model has it. */
export function readHead(models: Models, call: Call): ApiHead | undefined {
  if (call.service === "" || namesInForm(models, call)) return undefined;
  const candidates = models.of(call.service);
  const { target } = call;
  const named = candidates.filter(({ operations }) => target !== undefined && operations[target] !== undefined);
  // A path of S3 may look like that of the RPC protocol.
  if (target !== undefined && named.some(({ metadata }) => !metadata.protocol.startsWith("rest-"))) {
    const header = call.headers["x-amz-target"];
    const prefix = typeof header === "string" ? header.split(".").slice(0, -1).join(".") : undefined;
    const model = named.find(({ metadata }) => metadata.targetPrefix === prefix) ?? named[0];
    return model && { model, operation: target, isStreaming: false };
  }
  const rest = matchRest(
    candidates.filter(({ metadata }) => metadata.protocol.startsWith("rest-")),
    call,
  );
  return rest && { model: rest.model, operation: rest.route.name, isStreaming: isStreaming(rest), rest };
}

/** Reads a call and checks it; undefined when no model has the operation. */
export function readApiCall(models: Models, call: Call, form: URLSearchParams, body: Buffer): ApiCall | undefined {
  const problems = new Problems();
  const head = namesInForm(models, call) ? formHead(models, call, form) : readHead(models, call);
  if (!head) return undefined;
  const { model, operation, rest } = head;
  const shape = model.operations[operation]?.input?.shape;
  const input = shape === undefined && !rest ? {} : readInput(head, call, form, body, problems);
  const isWireNamed = rest !== undefined && model.metadata.protocol === "rest-json";
  // What could not be read has no members that could be checked.
  if (shape !== undefined && input) new InputCheck(model, problems, isWireNamed).input(shape, input);
  const named = isWireNamed && shape !== undefined && input ? membersNamed(model, shape, input) : input;
  return { model, operation, input: named ?? {}, problems: problems.all };
}

// The members themselves have the names of the model: the label "httpMethod" is not the "httpMethod" of the body.
function membersNamed(model: Model, shape: string, input: JsonObject): JsonObject {
  const { members = {} } = model.shapes[shape] ?? {};
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [name, modelNamed(model, members[name]?.shape ?? "", value)]),
  );
}

/** The services of the other protocols take a body of any type. */
function namesInForm(models: Models, call: Call): boolean {
  return isForm(call) && models.of(call.service).some(takesForms);
}

function formHead(models: Models, call: Call, form: URLSearchParams): ApiHead | undefined {
  const operation = form.get("Action") ?? "";
  const version = form.get("Version");
  const model = models
    .of(call.service)
    .filter(({ operations }) => operations[operation] !== undefined)
    // EC2 takes its former versions, too.
    .find(({ metadata }) => metadata.apiVersion === version || metadata.protocol === "ec2");
  return model && { model, operation, isStreaming: false };
}

function readInput(
  { model, operation, rest }: ApiHead,
  call: Call,
  form: URLSearchParams,
  body: Buffer,
  problems: Problems,
): JsonObject | undefined {
  const before = problems.all.length;
  if (isForm(call) && takesForms(model))
    return readForm(model, model.operations[operation]?.input?.shape ?? "", form, problems);
  if (rest) {
    const input = readRest(rest, call, body, problems);
    return problems.all.some((problem) => problem.startsWith("the body")) ? undefined : input;
  }
  const value = isCbor(call) ? decodeCbor(body, problems) : parseBody(body, problems);
  if (problems.all.length > before) return undefined;
  return value as JsonObject; // parseBody and decodeCbor report everything else as a problem
}
