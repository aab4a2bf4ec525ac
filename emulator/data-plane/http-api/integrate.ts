import { text, type JsonObject } from "../../wire/json";
import { sendToListener, sendToRegistry, sendToUrl, within, type HttpIntegration } from "../api/private-integration";
import { hostOf, jsonResponse, target, type DataRequest, type DataResponse } from "../message";
import type { Trace } from "../trace";
import { mapParameters, withStageVariables, type MappingValues } from "./parameters";
import { mapResponse } from "./response-parameters";

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
const longestTimeoutMs = 30_000;

/** Answers a request by the integration of a route. */
export async function integrate(
  base: Pick<HttpIntegration, "context" | "scope">,
  integration: JsonObject,
  request: DataRequest,
  values: MappingValues,
): Promise<DataResponse> {
  const { trace } = values;
  const { integrationType, connectionType, connectionId, timeoutInMillis, requestParameters } = integration;
  if (integrationType !== "HTTP_PROXY") {
    trace.because(`integrations of type ${text(integrationType)} are not emulated`);
    return unavailable();
  }
  const isPrivate = connectionType === "VPC_LINK";
  const timeoutMs = Math.min(Number(timeoutInMillis ?? longestTimeoutMs), longestTimeoutMs);
  const link: HttpIntegration = { ...base, timeoutMs, ...(isPrivate && { vpcLinkId: text(connectionId) }) };
  const uri = withStageVariables(text(integration.integrationUri), values.stageVariables);
  const method = text(integration.integrationMethod);
  const sent: DataRequest = {
    ...(isPrivate ? request : atUrl(uri, request, values)),
    method: method === "" || method === "ANY" ? request.method : method,
    headers: { ...request.headers, ...gatewayHeaders(request), ...(!isPrivate && { host: new URL(uri).host }) },
  };
  const mapped = mapParameters(requestParameters, sent, values);
  const answer = await within(timeoutMs, sendAlong(link, uri, mapped, trace));
  return answer ? mapResponse(integration.responseParameters, answer, values) : unavailable();
}

function sendAlong(
  link: HttpIntegration,
  uri: string,
  request: DataRequest,
  trace: Trace,
): Promise<DataResponse | undefined> {
  if (link.vpcLinkId === undefined) return sendToUrl(link, request, trace);
  return uri.includes(":servicediscovery:")
    ? sendToRegistry(link, uri, request, trace)
    : sendToListener(link, uri, request, trace);
}

// The URL of a public integration may contain path parameters: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html
function atUrl(uri: string, request: DataRequest, { pathParameters }: MappingValues): DataRequest {
  const path = uri.replace(/\{([^}+]+)\+?\}/g, (_, name: string) => pathParameters[name] ?? "");
  const url = new URL(path);
  const { name, port } = hostOf(url.host);
  const scheme = url.protocol === "https:" ? "https" : "http";
  return {
    ...request,
    ...target(url.pathname),
    query: request.query,
    scheme,
    host: name,
    port: port ?? (scheme === "https" ? 443 : 80),
  };
}

function gatewayHeaders({ sourceIp, host, headers }: DataRequest): Record<string, string> {
  const forwarded = `for=${sourceIp};host=${host};proto=https`;
  return {
    via: headers.via === undefined ? "HTTP/1.1 AmazonAPIGateway" : `${headers.via}, HTTP/1.1 AmazonAPIGateway`,
    forwarded: headers.forwarded === undefined ? forwarded : `${headers.forwarded}, ${forwarded}`,
  };
}

// HTTP APIs answer so after a time-out, and when the integration cannot be reached.
function unavailable(): DataResponse {
  return jsonResponse(503, { message: "Service Unavailable" });
}
