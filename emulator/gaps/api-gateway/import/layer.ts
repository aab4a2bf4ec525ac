import { documentLayer } from "../../../documents/layer";
import { buildCall, readOutput } from "../../../models/client";
import { reading, validation } from "../../../models/layers";
import type { Models } from "../../../models/model";
import { internalRequest, type AwsRequest } from "../../../proxy/call";
import { errorReply, notImplementedReply } from "../../../proxy/error-reply";
import type { Reply } from "../../../proxy/gap";
import { throughLayers, type Layer } from "../../../proxy/layer";
import { parseJson, text, type JsonObject } from "../../../wire/json";
import { errorOf, isSuccess } from "../../../wire/reply";
import { Import, type Call } from "./apply";
import { documentIn, readDocument, type ImportedApi } from "./document";

/**
 * moto imports little of an OpenAPI document: no authorizers, models, validators or settings, and none is checked. Here an
 * import is the single calls that it is short for; affects `body` of `aws_api_gateway_rest_api`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 */
export function imports(models: Models): Layer {
  const checks = [reading(models), validation(), documentLayer()];
  return async (request, next) => {
    const { api } = request;
    const isImport = api?.model.name === "apigateway" && /^(Put|Import)RestApi$/.test(api.operation);
    if (!isImport) return next(request);
    const document = documentIn(api.input);
    if (!text(document?.openapi).startsWith("3.0")) {
      return notImplementedReply(request, `${api.operation} of a document other than JSON of OpenAPI 3.0`);
    }
    const send = (operation: string, input: JsonObject): Promise<Reply> =>
      throughLayers(checks, singleCall(request, operation, input), next);
    const call: Call = async (operation, input) => {
      const reply = await send(operation, input);
      return isSuccess(reply) ? readOutput(api.model, operation, reply) : errorOf(reply).message;
    };
    const imported = readDocument(document ?? {});
    return api.operation === "PutRestApi" ? put(request, imported, call, send) : create(request, imported, call, send);
  };
}

type Send = (operation: string, input: JsonObject) => Promise<Reply>;

async function put(request: AwsRequest, imported: ImportedApi, call: Call, send: Send): Promise<Reply> {
  const { restApiId, mode } = request.api?.input ?? {};
  const found = await send("GetRestApi", { restApiId });
  if (!isSuccess(found)) return found;
  const overwrites = mode === "overwrite";
  // A refused import changes nothing, so that it is tried with an API of its own first.
  const { errors } = overwrites ? await tried(imported, call) : { errors: [] };
  if (errors.length > 0) return refused(request, errors);
  const change = new Import(call, text(restApiId), imported);
  await (overwrites ? change.overwrite() : change.merge());
  return change.errors.length > 0 ? refused(request, change.errors) : send("GetRestApi", { restApiId });
}

async function create(request: AwsRequest, imported: ImportedApi, call: Call, send: Send): Promise<Reply> {
  const made = await send("CreateRestApi", { name: text(imported.settings.name) });
  if (!isSuccess(made)) return made;
  const restApiId = text(parseJson(made.body).id);
  const change = new Import(call, restApiId, imported);
  await change.merge();
  if (change.errors.length === 0) return { ...(await send("GetRestApi", { restApiId })), status: 201 };
  await call("DeleteRestApi", { restApiId });
  return refused(request, change.errors);
}

async function tried(imported: ImportedApi, call: Call): Promise<{ readonly errors: readonly string[] }> {
  const made = await call("CreateRestApi", { name: text(imported.settings.name) });
  if (typeof made === "string") return { errors: [made] };
  const restApiId = text(made.id);
  const change = new Import(call, restApiId, imported);
  await change.merge();
  await call("DeleteRestApi", { restApiId });
  return change;
}

/** A single call as the client of the import would send it. */
function singleCall(request: AwsRequest, operation: string, input: JsonObject): AwsRequest {
  const { api, account, region, caller, accessKeyId, service } = request;
  if (!api) return request;
  const call = internalRequest(buildCall(api.model, operation, input, { service, account, region }));
  return { ...call, caller, account, accessKeyId };
}

function refused(request: AwsRequest, errors: readonly string[]): Reply {
  const message = ["Errors found during import:", ...errors].join("\n\t");
  return errorReply(request, { code: "BadRequestException", message });
}
