import { object, text } from "../../wire/json";
import type { DataRequest } from "../message";
import type { Trace } from "../trace";
import type { Refusal } from "./authorize";
import type { ServedApi, ServedMethod } from "./served";

/**
 * The refusal of a request that the method's validator does not accept.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function validate(
  { requestValidators }: ServedApi,
  { definition }: ServedMethod,
  request: DataRequest,
  trace: Trace,
): Refusal | undefined {
  const validator = requestValidators.find(({ id }) => id === definition.requestValidatorId);
  if (!validator) return undefined;
  if (validator.validateRequestParameters === true) {
    const missing = Object.entries(object(definition.requestParameters))
      .filter(([name, isRequired]) => isRequired === true && isMissing(name, request))
      .map(([name]) => name.split(".").slice(3).join("."));
    if (missing.length > 0) {
      return {
        type: "BAD_REQUEST_PARAMETERS",
        message: `Missing required request parameters: [${missing.join(", ")}]`,
      };
    }
  }
  if (validator.validateRequestBody !== true) return undefined;
  const type = (request.headers["content-type"] ?? "application/json").split(";")[0] ?? "";
  if (text(object(definition.requestModels)[type]) === "") return undefined;
  trace.notEvaluated("the JSON schema of the request body");
  return isJson(request.body) ? undefined : { type: "BAD_REQUEST_BODY" };
}

function isMissing(name: string, { headers, query }: DataRequest): boolean {
  const [, , location, ...rest] = name.split(".");
  const key = rest.join(".");
  if (location === "header") return (headers[key.toLowerCase()] ?? "") === "";
  return location === "querystring" && (new URLSearchParams(query).get(key) ?? "") === "";
}

function isJson(body: Buffer): boolean {
  try {
    JSON.parse(body.toString());
    return true;
  } catch {
    return false;
  }
}
