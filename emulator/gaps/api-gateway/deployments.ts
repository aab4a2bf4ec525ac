import { Routes, type AwsRequest, type Forward, type Handler, type Handlers, type Reply } from "../../proxy/gap";
import { Store } from "../../store";
import { object, objects, parseJson, text, type JsonObject, type JsonValue } from "../../wire/json";
import { isSuccess, jsonReply } from "../../wire/reply";
import type { Overlay } from "../overlay";

/** What a stage of a REST API serves: a copy of the API, as API Gateway returned it when its deployment was made. */
export interface DeployedApi {
  readonly deploymentId: string;
  /** The API itself: `binaryMediaTypes`, `disableExecuteApiEndpoint`, `policy`, `endpointConfiguration` ... */
  readonly restApi: JsonObject;
  /** Each with `resourceMethods` by verb, and their `methodIntegration`. */
  readonly resources: readonly JsonObject[];
  readonly authorizers: readonly JsonObject[];
  readonly gatewayResponses: readonly JsonObject[];
  readonly models: readonly JsonObject[];
  readonly requestValidators: readonly JsonObject[];
}

/** Calls API Gateway from inside, as rules and the data plane do. */
type Ask = (operation: string, input: JsonObject, service: string) => Promise<JsonObject>;

/** The type of export, which AWS does not have, that returns the copy of an API that a stage serves. */
const copyType = "emulated-deployment";

/**
 * The copy of a REST API that a stage serves; undefined when there is no such stage, or its deployment is deleted.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html
 */
export async function servedApi(ask: Ask, restApiId: string, stageName: string): Promise<DeployedApi | undefined> {
  const { body } = await ask("GetExport", { restApiId, stageName, exportType: copyType }, "apigateway");
  const copy = parseJson(text(body));
  if (typeof copy.deploymentId !== "string") return undefined;
  const { deploymentId, restApi, resources, authorizers, gatewayResponses, models, requestValidators } = copy;
  return {
    deploymentId,
    restApi: object(restApi),
    resources: objects(resources),
    authorizers: objects(authorizers),
    gatewayResponses: objects(gatewayResponses),
    models: objects(models),
    requestValidators: objects(requestValidators),
  };
}

/**
 * moto keeps nothing of an API in its deployment: here a deployment has a copy of what exists when it is made, which a stage
 * serves until it gets another deployment.
 *
 * @param inner handlers that complete what moto returns of an API, and change its stages
 */
export function deployments(overlay: Overlay, inner: Handlers): Handlers {
  const routes = new Routes([{ service: "apigateway", handlers: inner }]);
  const copies = new Store<DeployedApi>();
  const disabled = new Store<JsonValue>();
  const keyOf = (api: string, deployment: JsonValue): string => `${api} ${text(deployment)}`;

  const get = async (request: AwsRequest, forward: Forward, path: string): Promise<JsonObject> => {
    const [pathname = ""] = path.split("?");
    const read: AwsRequest = { ...request, method: "GET", url: path, path: pathname, body: Buffer.alloc(0) };
    const send: Forward = (changes) => forward({ method: "GET", url: path, body: "", ...changes });
    const match = routes.find(read, `GET ${pathname}`);
    const reply = await (match ? match.handler({ ...read, params: match.params }, send) : send());
    return isSuccess(reply) ? parseJson(reply.body) : {};
  };
  const copyOf = async (request: AwsRequest, forward: Forward, deploymentId: string): Promise<DeployedApi> => {
    const api = `/restapis/${request.params.api ?? ""}`;
    const items = async (part: string, id: string): Promise<readonly JsonObject[]> => {
      const { item } = await get(request, forward, `${api}/${part}?limit=500`);
      return objects(item).map((each) => overlay.apply(request, `${api}/${part}/${text(each[id])}`, each));
    };
    return {
      deploymentId,
      restApi: await get(request, forward, api),
      resources: objects((await get(request, forward, `${api}/resources?embed=methods&limit=500`)).item),
      authorizers: await items("authorizers", "id"),
      gatewayResponses: await items("gatewayresponses", "responseType"),
      models: await items("models", "name"),
      requestValidators: await items("requestvalidators", "id"),
    };
  };

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/updating-api.html: it takes effect with any change of a stage.
  const applyDisabled = async (request: AwsRequest, forward: Forward): Promise<void> => {
    const { api = "" } = request.params;
    const { disableExecuteApiEndpoint = false } = await get(request, forward, `/restapis/${api}`);
    disabled.of(request).set(api, disableExecuteApiEndpoint);
  };
  const changeStage: Handler = async (request, forward) => {
    const match = routes.find(request, `${request.method} ${request.path}`);
    const reply = await (match ? match.handler({ ...request, params: match.params }, forward) : forward());
    if (isSuccess(reply)) await applyDisabled(request, forward);
    return reply;
  };

  return {
    "POST /restapis/{api}/stages": changeStage,
    "PATCH /restapis/{api}/stages/{stage}": changeStage,
    "POST /restapis/{api}/deployments": async (request, forward) => {
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      const { id } = parseJson(reply.body);
      const copy = await copyOf(request, forward, text(id));
      copies.of(request).set(keyOf(request.params.api ?? "", id), copy);
      if (text(parseJson(request.body).stageName) !== "") await applyDisabled(request, forward);
      return reply;
    },
    "GET /restapis/{api}/stages/{stage}/exports/{type}": async (request, forward) => {
      const { api = "", stage = "", type } = request.params;
      if (type !== copyType) return forward();
      const { deploymentId } = await get(request, forward, `/restapis/${api}/stages/${stage}`);
      return copyReply(copies.of(request).get(keyOf(api, deploymentId)), disabled.of(request).get(api));
    },
    "DELETE /restapis/{api}/deployments/{deployment}": async (request, forward) => {
      const reply = await forward();
      const { api = "", deployment } = request.params;
      if (isSuccess(reply)) copies.of(request).delete(keyOf(api, deployment));
      return reply;
    },
  };
}

function copyReply(copy: DeployedApi | undefined, disableExecuteApiEndpoint: JsonValue): Reply {
  if (copy === undefined) return jsonReply({});
  return jsonReply({ ...copy, restApi: { ...copy.restApi, disableExecuteApiEndpoint } });
}
