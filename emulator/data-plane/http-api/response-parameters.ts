import { object, text, type JsonValue } from "../../wire/json";
import type { DataResponse } from "../message";
import { filled, type MappingValues } from "./parameters";

/**
 * The answer of an integration with the response parameters of its status code applied.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
 */
export function mapResponse(parameters: JsonValue, answer: DataResponse, values: MappingValues): DataResponse {
  let { status, headers } = answer;
  for (const [key, template] of Object.entries(object(object(parameters)[answer.status]))) {
    const [, operation = "", name = ""] = /^(append|overwrite|remove):(?:header\.(.+)|statuscode)$/.exec(key) ?? [];
    const value = operation === "remove" ? "" : filled(text(template), { ...values, response: answer });
    if (key === "overwrite:statuscode") status = Number(value) || status;
    else if (name !== "") headers = changedHeaders(headers, operation, name.toLowerCase(), value);
  }
  return { ...answer, status, headers };
}

function changedHeaders(
  headers: DataResponse["headers"],
  operation: string,
  name: string,
  value: string,
): DataResponse["headers"] {
  const { [name]: before, ...others } = headers;
  if (operation === "remove") return others;
  if (operation !== "append" || before === undefined) return { ...headers, [name]: value };
  return { ...headers, [name]: typeof before === "string" ? `${before},${value}` : [...before, value] };
}
