import type { Denial } from "./evaluate";

/** Protocols of AWS's API models. */
export type Protocol = "ec2" | "json" | "query" | "rest-json" | "rest-xml" | "smithy-rpc-v2-cbor";

/** An error that a call is answered with. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** What was refused, and why. */
export interface RefusedRequest {
  readonly operation: string;
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  /** @default - the resource does not exist, which AWS does not reveal */
  readonly denial?: Denial;
}

/** Error codes that differ from those of the protocol. https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html */
const codes: Readonly<Record<string, string>> = { sns: "AuthorizationError", sqs: "AccessDenied" };

/** Services that spell actions otherwise in messages than policies do, such as "SNS:Publish" and "sqs:sendmessage". */
const spellings: Readonly<Record<string, (action: string) => string>> = {
  sns: (action) => action.replace(/^sns:/, "SNS:"),
  sqs: (action) => action.toLowerCase(),
};

/**
 * The error of a call that IAM refuses, by the protocol of the service.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export function refusalOf(service: string, protocol: Protocol, refused: RefusedRequest): Refusal {
  const message = messageOf(service, refused);
  if (protocol === "ec2") {
    return {
      code: "UnauthorizedOperation",
      status: 403,
      message: `You are not authorized to perform this operation. ${message}`,
    };
  }
  const code =
    codes[service] ?? (protocol === "query" || protocol === "rest-xml" ? "AccessDenied" : "AccessDeniedException");
  // Services with AWS JSON answer every client error with 400:
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
  return { code, message, status: protocol === "json" && service !== "sqs" ? 400 : 403 };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function messageOf(service: string, { operation, caller, action: name, resource, denial }: RefusedRequest): string {
  // https://github.com/DataDog/cloudformation-template/pull/61
  if (operation === "CreateLogGroup" && name === "logs:TagResource") {
    return `User with accountId: ${caller.split(":")[4] ?? ""} is not authorized to perform CreateLogGroup with Tags. An additional permission "logs:TagResource" is required.`;
  }
  const action = spellings[service]?.(name) ?? name;
  const on = resource === "*" ? "" : ` on resource: ${service === "s3" ? `"${resource}"` : resource}`;
  const refused = `User: ${caller} is not authorized to perform: ${action}${on}`;
  if (denial === undefined) return refused;
  const { explicit, policyType, policy = "" } = denial;
  const articles: Readonly<Record<string, string>> = { "identity-based policy": "an", "role trust policy": "the" };
  const article = articles[policyType] ?? "a";
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied-authorization-id.html
  const denying = policy.startsWith("arn:") ? `: ${policy}` : "";
  const reason = explicit
    ? `with an explicit deny in ${article} ${policyType}${denying}`
    : `because no ${policyType} allows the ${action} action`;
  return `${refused} ${reason}`;
}
