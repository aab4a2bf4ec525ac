import type { Scope } from "../../models/aws";
import { object, objects, text, type JsonObject } from "../../wire/json";
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
  const path = `/restapis/${apiId}`;
  const stage = stageName === "" ? {} : await reader.apiGateway(scope, `${path}/stages/${stageName}`);
  if (stage.deploymentId === undefined) return undefined;
  const items = async (kind: string): Promise<readonly JsonObject[]> =>
    objects((await reader.apiGateway(scope, `${path}/${kind}`)).item);
  const resources = await items("resources?embed=methods&limit=500");
  return {
    api: await reader.apiGateway(scope, path),
    stage,
    methods: resources.flatMap(methodsOf),
    authorizers: await items("authorizers"),
    gatewayResponses: await items("gatewayresponses"),
    requestValidators: await items("requestvalidators"),
  };
}

function methodsOf({ path, resourceMethods }: JsonObject): readonly ServedMethod[] {
  return Object.entries(object(resourceMethods)).map(([method, definition]) => ({
    method,
    path: text(path),
    definition: object(definition),
  }));
}
