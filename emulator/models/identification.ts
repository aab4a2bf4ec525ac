import type { AwsRequest } from "../proxy/call";
import { errorReply, notImplementedReply, type Refusal } from "../proxy/error-reply";
import type { Reply } from "../proxy/gap";
import type { Layer } from "../proxy/layer";
import { queryError } from "../wire/reply";
import type { Models } from "./model";

/** What moto takes as a signature: a scheme and the scope of a credential. */
const signed = /^AWS4-|^\S+\s+[^,\s]*(\/[^,\s]*){4}/;

/**
 * Services with operations that are not signed. Those of AWS STS are read as calls of it.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/resource-permissions.html
 */
const unsignedServices = ["cognito-idp", "cognito-identity"];

/**
 * Refuses calls that nothing after this layer could check: signed ones that no API model has, and unsigned ones of operations
 * that are signed. Requests of the other forms are unsigned ones to S3, and those to moto's own administration.
 */
export function identification(models: Models): Layer {
  return (request, next) => {
    const { api, service, path, operation } = request;
    if (api || path.startsWith("/moto-api/")) return next(request);
    if (service !== "") return Promise.resolve(notImplementedReply(request, operation));
    const reply = unsignedRefusal(models, request);
    return reply ? Promise.resolve(reply) : next(request);
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
function unsignedRefusal(models: Models, request: AwsRequest): Reply | undefined {
  const { headers, form, query } = request;
  if (signed.test(headers.authorization ?? "")) return errorReply(request, incomplete);
  const target = headers["x-amz-target"];
  if (typeof target === "string") return isUnsigned(models, target) ? undefined : errorReply(request, missing);
  // moto takes signatures of Version 2, which name the access key so, as calls of Amazon SimpleDB and S3 only.
  const isMissing = [form, query].some(
    (each) => each.has("Action") && each.has("Version") && !each.has("AWSAccessKeyId"),
  );
  return isMissing
    ? queryError("MissingAuthenticationToken", "Request is missing Authentication Token", 403)
    : undefined;
}

function isUnsigned(models: Models, target: string): boolean {
  const [prefix, operation = ""] = target.split(".");
  return unsignedServices
    .flatMap((service) => models.of(service))
    .some(({ metadata, operations }) => metadata.targetPrefix === prefix && operations[operation]?.authtype === "none");
}

const incomplete: Refusal = {
  code: "IncompleteSignature",
  message: "Authorization header requires a 'Credential' parameter with the scope of the signature.",
};

const missing: Refusal = { code: "MissingAuthenticationTokenException", message: "Missing Authentication Token" };
