import { wrongEndpoint, timeout } from "../../documents/api-gateway/integrations";
import { mappingError } from "../../documents/api-gateway/mapping";
import { settingsOf } from "../../documents/api-gateway/request";
import { object, text, type JsonObject } from "../../wire/json";
import type { Rule } from "../rule";
import { reference, service } from "./reference";

const mapping = "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping.html";

/** Rules on the integrations of a REST API's methods, and on the responses of both. */
export const integrationRules: readonly Rule[] = [
  {
    name: "integration-parameter-declared",
    service,
    operations: ["PutIntegration", "UpdateIntegration"],
    code: "BadRequestException",
    rule: "An integration maps only parameters that the request of its method has.",
    source: mapping,
    refuse: async ({ input, ask }) => {
      const sources = Object.values(object(settingsOf(input).requestParameters)).map(text);
      const used = sources.filter((source) => /^method\.request\.(?!body)/.test(source));
      if (used.length === 0) return undefined;
      const { requestParameters } = await ask("GetMethod", methodOf(input));
      const declared = Object.keys(object(requestParameters)).map(singleValued);
      const wrong = used.find((source) => !declared.includes(singleValued(source)));
      return wrong && mappingError(`Invalid mapping expression parameter specified: ${wrong}`).message;
    },
  },
  {
    name: "integration-response-parameter-declared",
    service,
    operations: ["PutIntegrationResponse", "UpdateIntegrationResponse"],
    code: "BadRequestException",
    rule: "An integration response sets only headers that the method response of its status has.",
    source: mapping,
    refuse: async ({ input, ask }) => {
      const set = Object.keys(object(settingsOf(input).responseParameters));
      if (set.length === 0) return undefined;
      const { methodResponses } = await ask("GetMethod", methodOf(input));
      const response = object(methodResponses)[text(input.statusCode)];
      if (response == null) return mappingError("No method response exists for method.").message;
      const declared = object(object(response).responseParameters);
      const wrong = set.find((name) => declared[name] === undefined);
      return wrong && mappingError(`Invalid mapping expression parameter specified: ${wrong}`).message;
    },
  },
  {
    // PutIntegrationResponse, in contrast, replaces a response.
    name: "method-response-in-use",
    service,
    operations: ["PutMethodResponse"],
    code: "ConflictException",
    status: 409,
    rule: "A method has one response of each status.",
    source: `${reference}/API_PutMethodResponse.html`,
    refuse: async ({ input, ask }) => {
      const response = await ask("GetMethodResponse", { ...methodOf(input), statusCode: input.statusCode });
      return response.statusCode === undefined ? undefined : "Response already exists for this resource";
    },
  },
  {
    name: "integration-endpoint-changed",
    service,
    operations: ["UpdateIntegration"],
    code: "BadRequestException",
    rule: "The endpoint that an integration changes to must be one of its type.",
    source: `${reference}/API_PutIntegration.html`,
    refuse: async ({ input, ask }) => {
      const { uri } = settingsOf(input);
      if (uri == null) return undefined;
      const { type } = await ask("GetIntegration", methodOf(input));
      return wrongEndpoint(type, uri)?.message;
    },
  },
  {
    name: "integration-timeout-changed",
    service,
    operations: ["UpdateIntegration"],
    code: "BadRequestException",
    rule: "The timeout that an integration changes to is 50 milliseconds to 29 seconds, or 15 minutes when it streams.",
    source:
      "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html",
    refuse: async ({ input, ask }) => {
      const settings = settingsOf(input);
      if (settings.timeoutInMillis == null) return undefined;
      const { responseTransferMode } = await ask("GetIntegration", methodOf(input));
      return timeout({ responseTransferMode, ...settings })?.message;
    },
  },
];

function methodOf({ restApiId, resourceId, httpMethod }: JsonObject): JsonObject {
  return { restApiId, resourceId, httpMethod };
}

// A parameter is declared once, and mapped with its last value or all of them.
function singleValued(parameter: string): string {
  return parameter.replace(/^(method\.request\.)multivalue/, "$1");
}
