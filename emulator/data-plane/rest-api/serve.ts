import type { Scope } from "../../models/aws";
import { object, text, type JsonObject } from "../../wire/json";
import { bestMatch } from "../api/path-match";
import type { Throttle } from "../api/throttle";
import type { DataPlaneContext } from "../context";
import type { DataRequest, DataResponse } from "../message";
import type { Trace } from "../trace";
import { authorize, type Refusal } from "./authorize";
import { gatewayResponse, type GatewayResponseType } from "./gateway-response";
import { integrateHttp } from "./integrate";
import { integrateMock } from "./mock";
import { servedApi, type ServedApi, type ServedMethod } from "./served";
import type { TemplateInput } from "./template";
import { UsagePlans } from "./usage-plan";
import { validate } from "./validate";

/** A request to a stage of a REST API. */
export interface RestApiRequest {
  readonly scope: Scope;
  readonly apiId: string;
  readonly stageName: string;
  /** Path without the stage or the base path. */
  readonly path: string;
  readonly request: DataRequest;
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
const largestBody = 10 * 1024 * 1024;

/** Answers requests to stages of REST APIs. */
export class RestApis {
  private readonly plans: UsagePlans;

  constructor(
    private readonly context: DataPlaneContext,
    private readonly throttle: Throttle,
  ) {
    this.plans = new UsagePlans(context, throttle);
  }

  async serve(call: RestApiRequest, trace: Trace): Promise<DataResponse> {
    const { scope, apiId, stageName, request } = call;
    trace.hop(`rest-api:${apiId}/stage:${stageName}`);
    const served = await servedApi(this.context.reader, scope, apiId, stageName);
    if (!served) {
      trace.because(`the API has no stage "${stageName}"`);
      return gatewayResponse([], "ACCESS_DENIED", request);
    }
    const respond = (type: GatewayResponseType, message?: string): DataResponse =>
      gatewayResponse(served.gatewayResponses, type, request, message);
    const stageArn = `arn:aws:apigateway:${scope.region}::/restapis/${apiId}/stages/${stageName}`;
    const block = await this.context.webAcls.evaluate(scope, stageArn, request, trace);
    if (block) return block.response ?? respond("WAF_FILTERED");
    // A path that ends with a slash is the same resource.
    const path = call.path.length > 1 ? call.path.replace(/\/$/, "") : call.path;
    const match = bestMatch(served.methods, request.method, path);
    if (!match) return respond("MISSING_AUTHENTICATION_TOKEN");
    const { route: method, parameters } = match;
    trace.hop(`method:${method.method}${method.path}`);
    if (text(served.api.policy) !== "") trace.notEvaluated("the resource policy of the API");
    const refusal =
      (await authorize(this.context, served, method, request, trace)) ??
      (await this.limit(scope, served, method, request)) ??
      validate(served, method, request, trace);
    if (refusal) return respond(refusal.type, refusal.message);
    if (request.body.length > largestBody) return respond("REQUEST_TOO_LARGE");
    const answer = await this.integrate(call, served, method, parameters, trace);
    return typeof answer === "string" ? respond(answer) : answer;
  }

  private async limit(
    scope: Scope,
    served: ServedApi,
    { definition, method, path }: ServedMethod,
    request: DataRequest,
  ): Promise<Refusal | undefined> {
    if (definition.apiKeyRequired === true) {
      const type = await this.plans.refuse(scope, served, request);
      if (type) return { type };
    }
    const { rate, burst } = limitsOf(served.stage, path, method);
    const name = `${text(served.api.id)} ${text(served.stage.stageName)} ${method} ${path}`;
    // A stage without a limit of its own has -1.
    if (rate === undefined || rate < 0 || this.throttle.take(name, { rate, burst: burst ?? rate })) return undefined;
    return { type: "THROTTLED" };
  }

  private async integrate(
    { scope, apiId, request }: RestApiRequest,
    { stage }: ServedApi,
    { definition }: ServedMethod,
    pathParameters: Readonly<Record<string, string>>,
    trace: Trace,
  ): Promise<DataResponse | GatewayResponseType> {
    const integration = object(definition.methodIntegration);
    const { context } = this;
    switch (text(integration.type)) {
      case "MOCK":
        return integrateMock(integration, templateInput(request, pathParameters), trace);
      case "HTTP_PROXY":
        return integrateHttp({ context, scope, apiId, stage, request, pathParameters }, integration, trace);
      case "HTTP":
        trace.notEvaluated("mapping templates and integration responses");
        return integrateHttp({ context, scope, apiId, stage, request, pathParameters }, integration, trace);
      default:
        trace.because(`integrations of type "${text(integration.type)}" are not emulated`);
        return "API_CONFIGURATION_ERROR";
    }
  }
}

/** Settings of a method are keyed by "~1orders/GET", those of all by "*\/*". */
function limitsOf({ methodSettings }: JsonObject, path: string, method: string): { rate?: number; burst?: number } {
  const settings = object(methodSettings);
  const key = `${path.replaceAll("/", "~1")}/${method}`;
  const own = object(settings[key.replace(/^~1/, "")] ?? settings[key] ?? settings["*/*"]);
  const { throttlingRateLimit: rate, throttlingBurstLimit: burst } = own;
  return { ...(rate != null && { rate: Number(rate) }), ...(burst != null && { burst: Number(burst) }) };
}

function templateInput(
  { headers, query, body }: DataRequest,
  pathParameters: Readonly<Record<string, string>>,
): TemplateInput {
  return { headers, query: new URLSearchParams(query), pathParameters, body: body.toString() };
}
