import type { AwsRequest } from "../proxy/call";
import type { ModelledCall } from "./call";
import type { Refusal } from "./refusal";
import { isSignedWith, signatureOf } from "./signature";
import { untimely, type Untimely } from "./signature-time";

/**
 * The error of a call with an access key that was deleted or made inactive, with another session token than that of the
 * credentials, or with a signature by another secret or of another time.
 */
export function credentialsRefusal(request: AwsRequest, call: ModelledCall): Refusal | undefined {
  const { isRevoked, secretAccessKey, temporary } = request.caller;
  if (isRevoked === true) return invalidKey(call);
  const signature = signatureOf(request);
  const wrongTime = signature && untimely(signature, call.model);
  if (wrongTime) return invalidTime(call, wrongTime);
  // What the default caller signs with is not known.
  if (secretAccessKey === undefined) return undefined;
  if (tokenOf(request) !== (temporary?.sessionToken ?? "")) return invalidToken(call);
  if (!signature) return incompleteSignature(call);
  return isSignedWith(secretAccessKey, signature, request) ? undefined : invalidSignature(call);
}

function tokenOf(request: AwsRequest): string {
  const { headers, query } = request.sent ?? request;
  const header = headers["x-amz-security-token"];
  return typeof header === "string" ? header : (query.get("X-Amz-Security-Token") ?? "");
}

const message = "The security token included in the request is invalid.";

/**
 * By the protocol of the service:
 * https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
function invalidKey({ model, protocol }: ModelledCall): Refusal {
  if (model === "s3") {
    return {
      code: "InvalidAccessKeyId",
      message: "The AWS Access Key Id you provided does not exist in our records.",
      status: 403,
    };
  }
  switch (protocol) {
    case "ec2":
      return notValidated;
    case "query":
    case "rest-xml":
      return { code: "InvalidClientTokenId", message, status: 403 };
    default:
      return { code: "UnrecognizedClientException", message, status: protocol === "json" ? 400 : 403 };
  }
}

function invalidToken(call: ModelledCall): Refusal {
  return call.model === "s3"
    ? { code: "InvalidToken", message: "The provided token is malformed or otherwise invalid.", status: 400 }
    : invalidKey(call);
}

function invalidSignature({ protocol }: ModelledCall): Refusal {
  const differs =
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
  switch (protocol) {
    case "ec2":
      return notValidated;
    case "query":
    case "rest-xml":
      return { code: "SignatureDoesNotMatch", message: differs, status: 403 };
    default:
      return { code: "InvalidSignatureException", message: differs, status: protocol === "json" ? 400 : 403 };
  }
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
function incompleteSignature({ model, protocol }: ModelledCall): Refusal {
  const isJson = protocol === "json" || protocol === "rest-json";
  const code = isJson ? "IncompleteSignatureException" : "IncompleteSignature";
  const incomplete = "The request signature does not conform to AWS standards.";
  return { code: model === "s3" ? "AuthorizationHeaderMalformed" : code, message: incomplete, status: 400 };
}

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
function invalidTime(call: ModelledCall, { isExpired, isInUrl, text }: Untimely): Refusal {
  if (call.model === "s3") {
    return isInUrl && isExpired
      ? { code: "AccessDenied", message: "Request has expired", status: 403 }
      : {
          code: "RequestTimeTooSkewed",
          message: "The difference between the request time and the current time is too large.",
          status: 403,
        };
  }
  return call.protocol === "ec2"
    ? { code: "RequestExpired", message: "Request has expired.", status: 400 }
    : { ...invalidSignature(call), message: text };
}

const notValidated: Refusal = {
  code: "AuthFailure",
  message: "AWS was not able to validate the provided access credentials",
  status: 401,
};
