import { awsRequest, internalRequest, isForm } from "../proxy/call";
import { errorReply } from "../proxy/error-reply";
import type { Layer } from "../proxy/layer";
import { object } from "../wire/json";
import { errorOf, isSuccess, jsonReply } from "../wire/reply";
import { readApiCall } from "./api-call";
import { cborReply, encodeCbor, isCbor } from "./cbor";
import { withEpochSeconds } from "./output-types";
import { buildCall, readOutput } from "./client";
import { isException } from "./exceptions";
import type { ApiCall, Models } from "./model";

/** Reads every call by the API model of its service, for the layers after this one. */
export function reading(models: Models): Layer {
  return (request, next) => next({ ...request, api: readApiCall(models, request, request.form, request.body) });
}

/** Refuses what AWS's API models do not allow, with the error code and in the protocol of the service. */
export function validation(): Layer {
  return (request, next) => {
    const { api } = request;
    const problems = api?.problems.filter((problem) => !isException(api, problem)) ?? [];
    if (!api || problems.length === 0) return next(request);
    const count = problems.length === 1 ? "1 validation error" : `${problems.length} validation errors`;
    const message = `${count} detected: ${problems.join("; ")}`;
    return Promise.resolve(errorReply(request, { code: validationCode(api), message }));
  };
}

/**
 * moto and the gaps know CloudWatch's Query protocol only; newer SDKs send JSON or CBOR. Such a call goes on as a form, and
 * the reply comes back in the protocol of the call.
 * https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export function cloudWatchProtocols(): Layer {
  return async (request, next) => {
    const { api, service, account, region } = request;
    if (!api || service !== "monitoring" || isForm(request)) return next(request);
    const { model, operation, input } = api;
    const form = internalRequest(buildCall(model, operation, input, { service, account, region }));
    const headers = { ...request.headers, "smithy-protocol": undefined, "x-amz-target": undefined, ...form.headers };
    const call = { ...form, headers, accessKeyId: request.accessKeyId };
    const reply = await next({ ...awsRequest(call, request.caller, form.body), api });
    if (!isSuccess(reply)) return errorReply(request, { ...errorOf(reply), status: reply.status });
    const output = readOutput(model, operation, reply);
    return isCbor(request)
      ? cborReply(encodeCbor(output, model, operation))
      : jsonReply(object(withEpochSeconds(output, model, operation)));
  };
}

/** Error codes of the operations in the order of preference; AWS's services have different ones for the same fault. */
const codes = [
  "ValidationException",
  "InvalidParameterException",
  "BadRequestException",
  "InvalidParameterValueException",
  "InvalidParameter",
  "InvalidInput",
  "InvalidRequestException",
];

/** Error codes of the protocols: https://docs.aws.amazon.com/awssupport/latest/APIReference/CommonErrors.html */
const protocolCodes: Readonly<Record<string, string>> = {
  ec2: "InvalidParameterValue",
  query: "ValidationError",
  json: "ValidationException",
  "rest-json": "ValidationException",
};

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const unknownAttribute = /at 'Attribute(s|Names)\[.*\]' failed.*enum value set/;

function validationCode({ model, operation, problems }: ApiCall): string {
  const isMalformed = problems.some((problem) => problem.startsWith("the body"));
  // https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
  if (isMalformed) return "SerializationException";
  if (model.name === "s3")
    return problems.some((problem) => problem.startsWith("?")) ? "InvalidArgument" : "MalformedXML";
  if (model.name === "sqs" && problems.some((problem) => unknownAttribute.test(problem))) return "InvalidAttributeName";
  const protocol = model.metadata.protocols?.includes("query") ? "query" : model.metadata.protocol;
  if (protocol === "ec2") return ec2Code(problems);
  const declared = model.operations[operation]?.errors?.map(({ shape }) => shape) ?? [];
  return codes.find((code) => declared.includes(code)) ?? protocolCodes[protocol] ?? "InvalidInput";
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
function ec2Code(problems: readonly string[]): string {
  if (problems.some((problem) => problem.endsWith("is required"))) return "MissingParameter";
  if (problems.some((problem) => problem.endsWith("is not a member of this structure"))) return "UnknownParameter";
  return "InvalidParameterValue";
}
