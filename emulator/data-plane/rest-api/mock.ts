import { object, text, type JsonObject } from "../../wire/json";
import type { DataResponse } from "../message";
import type { Trace } from "../trace";
import type { GatewayResponseType } from "./gateway-response";

/**
 * The answer of a mock integration: its request template has the status by which an integration response is chosen.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function integrateMock(integration: JsonObject, trace: Trace): DataResponse | GatewayResponseType {
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
  const body = text(object(chosen.responseTemplates)["application/json"]);
  if (/[#$]/.test(body)) trace.notEvaluated("the mapping template of the integration response");
  const content = /[#$]/.test(body) ? "" : body;
  return {
    status: Number(chosen.statusCode),
    headers: { "content-type": "application/json", ...Object.fromEntries(headers) },
    body: Buffer.from(content),
  };
}
