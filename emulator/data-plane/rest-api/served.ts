import { servedApi as deployedApi } from "../../gaps/api-gateway/deployments";
import type { Scope } from "../../models/aws";
import { object, text, type JsonObject } from "../../wire/json";
import type { ApiRoute } from "../api/path-match";
import type { Reader } from "../reader";

/** A method of a resource, with its integration. */
export interface ServedMethod extends ApiRoute {
  /** As GetMethod returns it. */
  readonly definition: JsonObject;
}

/** What a stage of a REST API serves: the API as the stage's deployment has it. */
export interface ServedApi {
  /** As GetRestApi returns it. */
  readonly api: JsonObject;
  readonly stage: JsonObject;
  readonly methods: readonly ServedMethod[];
  readonly authorizers: readonly JsonObject[];
  readonly gatewayResponses: readonly JsonObject[];
  readonly requestValidators: readonly JsonObject[];
}

/** What a stage of a REST API serves; undefined when the stage does not exist. */
export async function servedApi(
  reader: Reader,
  scope: Scope,
  apiId: string,
  stageName: string,
): Promise<ServedApi | undefined> {
  if (stageName === "") return undefined;
  const stage = await reader.apiGateway(scope, `/restapis/${apiId}/stages/${stageName}`);
  const ask = (operation: string, input: JsonObject, service: string): Promise<JsonObject> =>
    reader.ask(scope, service, operation, input);
  const copy = await deployedApi(ask, apiId, stageName);
  if (stage.deploymentId === undefined || !copy) return undefined;
  return {
    api: copy.restApi,
    stage,
    methods: copy.resources.flatMap(methodsOf),
    authorizers: copy.authorizers,
    gatewayResponses: copy.gatewayResponses,
    requestValidators: copy.requestValidators,
  };
}

function methodsOf({ path, resourceMethods }: JsonObject): readonly ServedMethod[] {
  return Object.entries(object(resourceMethods)).map(([method, definition]) => ({
    method,
    path: text(path),
    definition: object(definition),
  }));
}
