import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { editJson } from "../../wire/edit";
import { objects, omit, parseJson, pick, text, object, type JsonObject } from "../../wire/json";
import type { Overlay } from "./overlay";

/**
 * moto forgets the IP address type of an HTTP API, and neither makes a domain name available nor gives it a target; shown
 * by `aws_apigatewayv2_api`, `aws_apigatewayv2_domain_name` (waits without end) and records that point to it.
 */
export function httpApis(overlay: Overlay): Handlers {
  const domain = async (request: AwsRequest, forward: Forward): Promise<Reply> =>
    editJson(await forward(), (body) =>
      available(overlay.over(request, `/v2/domainnames/${text(body.domainName)}`, body), request.region),
    );
  return {
    "POST /v2/apis": async (request, forward) => {
      const sent = { ipAddressType: "ipv4", ...pick(parseJson(request.body), ["ipAddressType"]) };
      return editJson(await forward(), (api) => {
        overlay.remember(request, `/v2/apis/${text(api.apiId)}`, sent);
        return { ...api, ...sent };
      });
    },
    "PATCH /v2/apis/{api}": async (request, forward) => {
      const reply = await forward();
      overlay.remember(request, request.path, pick(parseJson(request.body), ["ipAddressType"]));
      return editJson(reply, (api) => overlay.over(request, request.path, api));
    },
    "POST /v2/domainnames": domain,
    "GET /v2/domainnames/{domain}": domain,
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
  // moto answers an empty block where none was sent.
  const isMutual = text(object(domain.mutualTlsAuthentication).truststoreUri) !== "";
  const rest = isMutual ? domain : omit(domain, ["mutualTlsAuthentication"]);
  return { ...rest, domainNameConfigurations: configurations };
}
