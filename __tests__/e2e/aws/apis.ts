import {
  GetGatewayResponseCommand,
  GetResourcesCommand,
  GetRestApisCommand,
  GetVpcLinkCommand,
} from "@aws-sdk/client-api-gateway";
import { GetApisCommand, GetIntegrationsCommand, GetRoutesCommand } from "@aws-sdk/client-apigatewayv2";
import type { Clients } from "./clients";
import { required, type Answer, type LoadBalancers } from "./load-balancers";

/** Follows a request through the REST API of a name. */
export async function answerOfRestApi(
  { apiGateway }: Clients,
  balancers: LoadBalancers,
  name: string,
  method: string,
  path: string,
): Promise<Answer> {
  const { items: apis = [] } = await apiGateway.send(new GetRestApisCommand({}));
  const restApiId = required(apis.find((api) => api.name === name)?.id, `a REST API ${name}`);
  const { items = [] } = await apiGateway.send(new GetResourcesCommand({ restApiId, embed: ["methods"], limit: 500 }));
  const candidates = items.flatMap(({ path: pattern = "", resourceMethods = {} }) =>
    Object.entries(resourceMethods).map(([verb, found]) => ({ verb, pattern, found })),
  );
  const match = bestMatch(candidates, method, path);
  if (match === undefined) {
    const responseType = "MISSING_AUTHENTICATION_TOKEN";
    const { statusCode } = await apiGateway.send(new GetGatewayResponseCommand({ restApiId, responseType }));
    return required(statusCode, "a status for unknown paths");
  }
  const { methodIntegration: integration, authorizationType, apiKeyRequired } = match.found;
  const asked = [
    authorizationType === "NONE" ? "" : ", authorized",
    apiKeyRequired === true ? ", with a key" : "",
  ].join("");
  if (integration?.type === "MOCK") return "API Gateway";
  if (integration?.type === "AWS") return `bucket${asked}`;
  const { hostname, port } = new URL(required(integration?.uri, "an integration").replaceAll(/[{}]/g, ""));
  await apiGateway.send(new GetVpcLinkCommand({ vpcLinkId: integration?.connectionId }));
  return `${await balancers.answerOf(hostname, Number(port || 80), method, path)}${asked}`;
}

/** Follows a request through the HTTP API of a name. */
export async function answerOfHttpApi(
  { apiGatewayV2 }: Clients,
  balancers: LoadBalancers,
  name: string,
  method: string,
  path: string,
): Promise<Answer> {
  const { Items: apis = [] } = await apiGatewayV2.send(new GetApisCommand({}));
  const ApiId = required(apis.find((api) => api.Name === name)?.ApiId, `an HTTP API ${name}`);
  const { Items: routes = [] } = await apiGatewayV2.send(new GetRoutesCommand({ ApiId }));
  const candidates = routes.map((found) => {
    const [verb = "", pattern = ""] = (found.RouteKey ?? "").split(" ");
    return { verb, pattern, found };
  });
  const match = bestMatch(candidates, method, path);
  if (match === undefined) return "404";
  const { Items: integrations = [] } = await apiGatewayV2.send(new GetIntegrationsCommand({ ApiId }));
  const integration = integrations.find(
    ({ IntegrationId }) => match.found.Target === `integrations/${IntegrationId ?? ""}`,
  );
  const answer = await balancers.throughListener(required(integration?.IntegrationUri, "an integration"), method, path);
  return `${answer}${match.found.AuthorizationType === "NONE" ? "" : ", authorized"}`;
}

interface Candidate {
  readonly verb: string;
  readonly pattern: string;
}

/** API Gateway prefers text to a parameter, and a parameter to everything, segment by segment; and a verb to ANY. */
function bestMatch<Found extends Candidate>(
  candidates: readonly Found[],
  method: string,
  path: string,
): Found | undefined {
  const rank = ({ pattern, verb }: Candidate) =>
    `${pattern.replaceAll(/\{\w+\+\}/g, "~").replaceAll(/\{\w+\}/g, "|")} ${verb === "ANY" ? 1 : 0}`;
  return candidates
    .filter(({ verb }) => verb === method || verb === "ANY")
    .filter(({ pattern }) => toRegExp(pattern).test(path))
    .toSorted((one, other) => (rank(one) < rank(other) ? -1 : 1))
    .at(0);
}

function toRegExp(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(/\{\w+\+\}/g, ".+").replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}
