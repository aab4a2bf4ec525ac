import { object, text, type JsonValue } from "../../wire/json";
import type { Refusal } from "../document";
import { isSet } from "../values";
import { badRequest } from "./request";

/**
 * The refusal of the name of a stage.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function wrongStageName(name: JsonValue): Refusal | undefined {
  // Terraform sends an empty name for a deployment without a stage.
  if (text(name) === "" || /^[\w-]{1,128}$/.test(text(name))) return undefined;
  return text(name).length > 128
    ? badRequest("Stage name cannot be longer than 128 characters")
    : badRequest("Stage name only allows a-zA-Z0-9_");
}

/**
 * The refusal of a stage's variables.
 *
 * https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html
 */
export function wrongVariables(variables: JsonValue): Refusal | undefined {
  for (const [name, value] of Object.entries(object(variables))) {
    if (!/^\w+$/.test(name)) {
      return badRequest(`Invalid stage variable name: ${name}. Please use names with only word characters.`);
    }
    if (!/^[A-Za-z0-9 ._~:/?#&=,-]*$/.test(text(value))) {
      return badRequest(
        `Invalid stage variable value of key ${name}.  Please use values with alphanumeric characters and the symbols ' ', -', '.', '_', ':', '/', '?', '&', '=', and ','.`,
      );
    }
  }
  return undefined;
}

/**
 * The refusal of the format of an access log.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export function wrongLogFormat(format: JsonValue): Refusal | undefined {
  if (!isSet(format)) return undefined;
  if (text(format) === "") return badRequest("Access Log value must not be empty");
  if (/\n(?!$)/.test(text(format))) {
    return badRequest("Access Log format must be single line, new line character is allowed only at end of the format");
  }
  return /\bcontext\.(requestId|extendedRequestId)\b/.test(text(format))
    ? undefined
    : badRequest("Access Log format must include either $context.requestId or $context.extendedRequestId");
}

/**
 * The refusal of the destination of an access log; only stages of REST APIs log to Amazon Data Firehose.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-logging-to-kinesis.html
 */
export function wrongLogDestination(arn: JsonValue, services: readonly string[]): Refusal | undefined {
  if (!isSet(arn)) return undefined;
  if (text(arn) === "") return badRequest("Access Log value must not be empty");
  const [prefix, , service = "", , , stream = ""] = text(arn).split(":");
  if (prefix !== "arn" || !services.includes(service)) {
    return badRequest("The ARN must be a valid CloudWatch Logs log group or Kinesis Data Firehose delivery stream");
  }
  return service === "firehose" && !stream.startsWith("deliverystream/amazon-apigateway-")
    ? badRequest("Kinesis Firehose delivery stream name must begin with the characters 'amazon-apigateway-'")
    : undefined;
}
