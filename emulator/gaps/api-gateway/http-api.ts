import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import { objects, omit, parseJson, pick, text, object, type JsonObject } from "../../wire/json";
import { editJson, isSuccess, jsonReply } from "../../wire/reply";
import type { Overlay } from "../overlay";

/**
 * moto loses the IP address type of an HTTP API, lists no authorizers, deletes no settings of routes or access logs, and returns no status
 * and no target of a domain name; affects `aws_apigatewayv2_api`, `aws_apigatewayv2_stage`, `aws_apigatewayv2_domain_name`
 * (whose creation does not end) and the records of the domain name.
 */
export function httpApis(overlay: Overlay): Handlers {
  const authorizers = new Store<string>();
  const complete = (request: AwsRequest, domain: JsonObject): JsonObject =>
    available(overlay.apply(request, `/v2/domainnames/${text(domain.domainName)}`, domain), request.region);
  const completeDomain = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editJson(await forward(), (body) => complete(request, body));
  return {
    "POST /v2/apis": async (request, forward) => {
      const sent = { ipAddressType: "ipv4", ...pick(parseJson(request.body), ["ipAddressType"]) };
      return editJson(await forward(), (api) => {
        overlay.set(request, `/v2/apis/${text(api.apiId)}`, sent);
        return { ...api, ...sent };
      });
    },
    "PATCH /v2/apis/{api}": async (request, forward) => {
      const reply = await forward();
      overlay.set(request, request.path, pick(parseJson(request.body), ["ipAddressType"]));
      return editJson(reply, (api) => overlay.apply(request, request.path, api));
    },
    "POST /v2/apis/{api}/authorizers": async (request, forward) => {
      const reply = await forward();
      if (isSuccess(reply)) {
        const path = `${request.path}/${text(parseJson(reply.body).authorizerId)}`;
        authorizers.of(request).set(path, request.path);
      }
      return reply;
    },
    "GET /v2/apis/{api}/authorizers": async (request, forward) => {
      const items: JsonObject[] = [];
      for (const [url, list] of authorizers.of(request)) {
        const reply = list === request.path ? await forward({ method: "GET", url, body: "" }) : undefined;
        if (reply && isSuccess(reply)) items.push(overlay.apply(request, url, parseJson(reply.body)));
      }
      return jsonReply({ items });
    },
    "DELETE /v2/apis/{api}/stages/{stage}/routesettings/{route}": async (request, forward) => {
      const path = request.path.replace(/\/routesettings\/[^/]+$/, "");
      const reply = await forward({ method: "GET", url: path, body: "" });
      if (!isSuccess(reply)) return reply;
      const { routeSettings } = overlay.apply(request, path, parseJson(reply.body));
      overlay.set(request, path, { routeSettings: omit(object(routeSettings), [request.params.route ?? ""]) });
      return jsonReply({}, 204);
    },
    "DELETE /v2/apis/{api}/stages/{stage}/accesslogsettings": async (request, forward) => {
      const path = request.path.replace(/\/accesslogsettings$/, "");
      const reply = await forward({ method: "GET", url: path, body: "" });
      if (!isSuccess(reply)) return reply;
      overlay.set(request, path, { accessLogSettings: null });
      return jsonReply({}, 204);
    },
    "POST /v2/domainnames": completeDomain,
    "GET /v2/domainnames/{domain}": completeDomain,
    "GET /v2/domainnames": async (request, forward) =>
      editJson(await forward(), (body) => ({
        ...body,
        items: objects(body.items).map((domain) => complete(request, domain)),
      })),
  };
}

function available(domain: JsonObject, region: string): JsonObject {
  const name = Buffer.from(text(domain.domainName)).toString("hex").slice(0, 10);
  const configurations = objects(domain.domainNameConfigurations).map((configuration) => ({
    ipAddressType: "ipv4",
    ...configuration,
    domainNameStatus: "AVAILABLE",
    apiGatewayDomainName: `d-${name}.execute-api.${region}.amazonaws.com`,
    hostedZoneId: "ZLY8HYME6SFDD",
  }));
  // moto returns an empty block where the request had none.
  const isMutual = text(object(domain.mutualTlsAuthentication).truststoreUri) !== "";
  const rest = isMutual ? domain : omit(domain, ["mutualTlsAuthentication"]);
  return { ...rest, domainNameConfigurations: configurations };
}
