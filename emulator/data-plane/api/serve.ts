import type { Scope } from "../../models/aws";
import { objects, text, type JsonObject } from "../../wire/json";
import type { DataPlaneContext, RoutingContext } from "../context";
import { serveHttpApi } from "../http-api/serve";
import { jsonResponse, type DataRequest, type DataResponse } from "../message";
import { servedApi } from "../rest-api/served";
import { RestApis } from "../rest-api/serve";
import type { Trace } from "../trace";
import { Throttle } from "./throttle";

/** Answers requests to REST and HTTP APIs. */
export class Apis {
  private readonly throttle = new Throttle();
  private readonly restApis: RestApis;

  constructor(private readonly context: DataPlaneContext) {
    this.restApis = new RestApis(context, this.throttle);
  }

  /** Answers a request to the default endpoint of an API: the path begins with the stage, unless that is $default. */
  async atEndpoint(scope: Scope, apiId: string, request: DataRequest, trace: Trace): Promise<DataResponse> {
    const { reader } = this.context;
    const rest = await reader.apiGateway(scope, `/restapis/${apiId}`);
    const isRest = rest.id !== undefined;
    const { first, rest: path } = split(request.path);
    // What a REST API serves changes with its stages only.
    const api = isRest
      ? ((await servedApi(reader, scope, apiId, first))?.api ?? rest)
      : await reader.apiGateway(scope, `/v2/apis/${apiId}`);
    if (api.disableExecuteApiEndpoint === true) {
      trace.because("the default endpoint of the API is disabled");
      return isRest ? forbidden() : jsonResponse(404, { message: "Not Found" });
    }
    if (isRest) return this.restApis.serve({ scope, apiId, stageName: first, path, request }, trace);
    const named = first === "" ? {} : await reader.apiGateway(scope, `/v2/apis/${apiId}/stages/${first}`);
    if (named.stageName !== undefined) return this.http({ scope, api, stage: named, path, request }, trace);
    const stage = await reader.apiGateway(scope, `/v2/apis/${apiId}/stages/$default`);
    if (stage.stageName === undefined) return jsonResponse(404, { message: "Not Found" });
    return this.http({ scope, api, stage, path: request.path, request }, trace);
  }

  /**
   * Answers a request to a custom domain name: the longest base path or mapping key at the start of the path chooses the API.
   *
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
   */
  async atDomain(scope: Scope, domainName: string, request: DataRequest, trace: Trace): Promise<DataResponse> {
    const { reader } = this.context;
    const mappings = (await mappingsOf(this.context, scope, domainName))
      .filter(({ key }) => key === "" || request.path === `/${key}` || request.path.startsWith(`/${key}/`))
      .toSorted((one, other) => other.key.length - one.key.length);
    const [mapping] = mappings;
    trace.hop(`domain:${domainName}${mapping && mapping.key !== "" ? `/${mapping.key}` : ""}`);
    if (!mapping) {
      trace.because("no base path mapping of the domain name fits the path");
      return forbidden();
    }
    const { key, apiId, stageName } = mapping;
    const path = (key === "" ? request.path : request.path.slice(key.length + 1)) || "/";
    const rest = await reader.apiGateway(scope, `/restapis/${apiId}`);
    if (rest.id !== undefined) {
      return this.restApis.serve({ scope, apiId, stageName, path, request }, trace);
    }
    const api = await reader.apiGateway(scope, `/v2/apis/${apiId}`);
    const stage = await reader.apiGateway(scope, `/v2/apis/${apiId}/stages/${stageName}`);
    return this.http({ scope, api, stage, path, request }, trace);
  }

  private http(call: Parameters<typeof serveHttpApi>[2], trace: Trace): Promise<DataResponse> {
    return serveHttpApi(this.context, this.throttle, call, trace);
  }
}

/** A stage of an API below a custom domain name. */
export interface Mapping {
  /** Start of the path, without slashes around it; "" for all paths. */
  readonly key: string;
  readonly apiId: string;
  readonly stageName: string;
}

/** The base path mappings and API mappings of a custom domain name. */
export async function mappingsOf(
  { reader }: RoutingContext,
  scope: Scope,
  domainName: string,
): Promise<readonly Mapping[]> {
  const v1 = await reader.apiGateway(scope, `/domainnames/${domainName}/basepathmappings`);
  const v2 = await reader.apiGateway(scope, `/v2/domainnames/${domainName}/apimappings`);
  return [...objects(v1.item).map(fromBasePath), ...objects(v2.items).map(fromApiMapping)];
}

function fromBasePath({ basePath, restApiId, stage }: JsonObject): Mapping {
  const key = text(basePath);
  return { key: key === "(none)" ? "" : key, apiId: text(restApiId), stageName: text(stage) };
}

function fromApiMapping({ apiMappingKey, apiId, stage }: JsonObject): Mapping {
  return { key: text(apiMappingKey), apiId: text(apiId), stageName: text(stage) };
}

function split(path: string): { readonly first: string; readonly rest: string } {
  const [, first = "", rest = ""] = /^\/([^/]*)(.*)$/.exec(path) ?? [];
  return { first, rest: rest === "" ? "/" : rest };
}

function forbidden(): DataResponse {
  return jsonResponse(403, { message: "Forbidden" }, { "x-amzn-errortype": "ForbiddenException" });
}
