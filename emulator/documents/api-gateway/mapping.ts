import { object, text, type JsonValue } from "../../wire/json";
import type { Refusal } from "../document";
import { badRequest } from "./request";

/** The forms of a map of parameters: what each key is, and where its value comes from. */
export interface MappingForms {
  readonly key: RegExp;
  /** @default - the values are not expressions */
  readonly value?: RegExp;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html */
export const requestParameters: MappingForms = {
  key: /^method\.request\.(path|querystring|header|multivaluequerystring|multivalueheader)\.\S+$/,
};

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethodResponse.html */
export const responseParameters: MappingForms = { key: /^method\.response\.(header|multivalueheader)\.\S+$/ };

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html */
export const integrationRequest: MappingForms = {
  key: /^integration\.request\.(path|querystring|header|multivaluequerystring|multivalueheader)\.\S+$/,
  value: /^('.*'$|method\.request\.|context\.|stageVariables\.)/s,
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html */
export const integrationResponse: MappingForms = {
  key: responseParameters.key,
  value: /^('.*'$|integration\.response\.|context\.|stageVariables\.)/s,
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html */
export const gatewayResponse: MappingForms = {
  key: /^gatewayresponse\.(header|path|querystring)\.\S+$/,
  value: integrationRequest.value,
};

/** The refusal of a mapping, in the words of API Gateway's validation. */
export function mappingError(error: string): Refusal {
  return badRequest(`Invalid mapping expression specified: Validation Result: warnings : [], errors : [${error}]`);
}

/** The refusal of a map of parameters when a key or a value has none of its forms. */
export function wrongMapping(parameters: JsonValue, { key, value }: MappingForms): Refusal | undefined {
  for (const [name, source] of Object.entries(object(parameters))) {
    if (!key.test(name)) return mappingError(`Invalid mapping expression parameter specified: ${name}`);
    // A patch operation removes a parameter without a value.
    if (value && typeof source === "string" && !value.test(source)) {
      return mappingError(`Invalid mapping expression specified: ${text(source)}`);
    }
  }
  return undefined;
}

/** The refusal of templates whose key is not a media type. */
export function wrongContentType(templates: JsonValue): Refusal | undefined {
  const wrong = Object.keys(object(templates)).find((type) => !type.includes("/"));
  return wrong === undefined
    ? undefined
    : badRequest(`Validation Result: warnings : [], errors : [Invalid content type specified: ${wrong}]`);
}
