import { randomBytes } from "node:crypto";
import type { AwsRequest, Forward, Handlers, Reply } from "../../proxy/gap";
import { Store } from "../../store";
import { parseJson, pick, text, type JsonObject } from "../../wire/json";
import { isSuccess, jsonError, jsonReply } from "../../wire/reply";
import type { Overlay } from "../overlay";

interface Mapping {
  readonly domainName: string;
  readonly content: JsonObject;
}

/**
 * moto maps a domain name to HTTP APIs only, and changes no mapping; affects `aws_apigatewayv2_api_mapping` of a REST API.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 */
export function apiMappings(overlay: Overlay): Handlers {
  const store = new Store<Mapping>();
  const found = (request: AwsRequest): [id: string, mapping: Mapping | undefined] => {
    const id = request.params.mapping ?? "";
    const mapping = store.of(request).get(id);
    return [id, mapping?.domainName === request.params.domain ? mapping : undefined];
  };
  return {
    "POST /v2/domainnames/{domain}/apimappings": async (request, forward) => {
      const { domain = "" } = request.params;
      const sent = { apiMappingKey: "", ...pick(parseJson(request.body), ["apiId", "apiMappingKey", "stage"]) };
      const problem = (await domainProblem(forward, domain)) ?? (await stageProblem(forward, sent));
      if (problem) return problem;
      const content = { ...sent, apiMappingId: randomBytes(3).toString("hex") };
      store.of(request).set(content.apiMappingId, { domainName: domain, content });
      return jsonReply(content, 201);
    },
    "GET /v2/domainnames/{domain}/apimappings": async (request, forward) => {
      const { domain = "" } = request.params;
      const all = [...store.of(request).values()].filter(({ domainName }) => domainName === domain);
      return (await domainProblem(forward, domain)) ?? jsonReply({ items: all.map(({ content }) => content) });
    },
    "GET /v2/domainnames/{domain}/apimappings/{mapping}": (request) => {
      const [, mapping] = found(request);
      return Promise.resolve(mapping === undefined ? unknownMapping() : jsonReply(mapping.content));
    },
    "PATCH /v2/domainnames/{domain}/apimappings/{mapping}": async (request, forward) => {
      const [id, mapping] = found(request);
      if (mapping === undefined) return unknownMapping();
      const sent = pick(parseJson(request.body), ["apiId", "apiMappingKey", "stage"]);
      const content = { ...mapping.content, ...sent };
      const problem = await stageProblem(forward, content);
      if (problem) return problem;
      store.of(request).set(id, { ...mapping, content });
      return jsonReply(content);
    },
    "DELETE /v2/domainnames/{domain}/apimappings/{mapping}": (request) => {
      const [id, mapping] = found(request);
      if (mapping === undefined) return Promise.resolve(unknownMapping());
      store.of(request).delete(id);
      return Promise.resolve(jsonReply({}, 204));
    },
    "DELETE /v2/domainnames/{domain}": async (request, forward) => {
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      overlay.delete(request, request.path);
      const mappings = store.of(request);
      for (const [id, { domainName }] of mappings) if (domainName === request.params.domain) mappings.delete(id);
      return reply;
    },
  };
}

async function domainProblem(forward: Forward, domain: string): Promise<Reply | undefined> {
  const reply = await forward({ method: "GET", url: `/v2/domainnames/${domain}`, body: "" });
  return isSuccess(reply) ? undefined : reply;
}

async function stageProblem(forward: Forward, { apiId, stage }: JsonObject): Promise<Reply | undefined> {
  const exists = async (url: string): Promise<boolean> => isSuccess(await forward({ method: "GET", url, body: "" }));
  const paths = [`/v2/apis/${text(apiId)}`, `/restapis/${text(apiId)}`];
  for (const path of paths) {
    if (!(await exists(path))) continue;
    return (await exists(`${path}/stages/${text(stage)}`)) ? undefined : notFound("Invalid stage identifier specified");
  }
  return notFound("Invalid API identifier specified");
}

function unknownMapping(): Reply {
  return notFound("Invalid API mapping identifier specified");
}

function notFound(message: string): Reply {
  return jsonError("NotFoundException", message, 404);
}
