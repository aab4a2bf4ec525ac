import { object, text, type JsonObject } from "../../wire/json";
import type { DataResponse } from "../message";
import type { Trace } from "../trace";
import type { GatewayResponseType } from "./gateway-response";
import { evaluateTemplate, type TemplateInput } from "./template";

/**
 * The answer of a mock integration: its request template has the status by which an integration response is chosen.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function integrateMock(
  integration: JsonObject,
  input: TemplateInput,
  trace: Trace,
): DataResponse | GatewayResponseType {
  const template = text(object(integration.requestTemplates)["application/json"]);
  const status = /"?statusCode"?\s*:\s*(\d{3})/.exec(template)?.[1];
  const responses = Object.values(object(integration.integrationResponses)).map(object);
  const chosen =
    responses.find(
      ({ selectionPattern }) =>
        text(selectionPattern) !== "" && new RegExp(`^(?:${text(selectionPattern)})$`).test(status ?? ""),
    ) ?? responses.find(({ selectionPattern }) => text(selectionPattern) === "");
  if (status === undefined || !chosen) return "API_CONFIGURATION_ERROR";
  const headers = Object.entries(object(chosen.responseParameters)).flatMap(([key, value]) => {
    const [, name] = /^method\.response\.header\.(.+)$/.exec(key) ?? [];
    const [, constant] = /^'(.*)'$/.exec(text(value)) ?? [];
    return name === undefined || constant === undefined ? [] : [[name.toLowerCase(), constant] as const];
  });
  const output = evaluateTemplate(text(object(chosen.responseTemplates)["application/json"]), input);
  if (!output) trace.notEvaluated("the mapping template of the integration response");
  const { status: code, ...overridden } = headersOf(output?.overrides ?? {});
  return {
    status: Number(code ?? chosen.statusCode),
    headers: { "content-type": "application/json", ...Object.fromEntries(headers), ...overridden },
    body: Buffer.from(output?.body ?? ""),
  };
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
function headersOf(overrides: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(overrides).map(([name, value]) => [name.replace(/^header\./, "").toLowerCase(), value]),
  );
}
