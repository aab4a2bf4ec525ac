import type { ModelledCall, Requirement } from "./call";
import { removedTagKeys, tagsIn } from "./input";
import type { AuthorizationRequest } from "./statements";

/** The principal of a call, as far as condition keys describe it. */
export interface RequestPrincipal {
  /** ARN of the role of a session. */
  readonly arn: string;
  /** Such as "AssumedRole", or "Account" for the root user. */
  readonly type: string;
  /** Such as "AROA1:job". */
  readonly userId: string;
  readonly account: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly sourceIp?: string;
  readonly userAgent?: string;
}

/** Services whose requests are made in us-east-1. https://docs.aws.amazon.com/general/latest/gr/rande.html#global-endpoints */
const globalServices = new Set(["budgets", "ce", "cloudfront", "globalaccelerator", "iam", "organizations", "route53"]);

/** Global condition keys of a request. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
export function globalContext(
  call: ModelledCall,
  { action, via = call.via }: Pick<Requirement, "action" | "via">,
  principal: RequestPrincipal,
): Readonly<Record<string, string | readonly string[] | undefined>> {
  const tags = tagsIn(call.input);
  const keys = [...Object.keys(tags), ...removedTagKeys(call.input)];
  const now = new Date();
  const service = action.slice(0, action.indexOf(":"));
  return {
    "aws:CurrentTime": now.toISOString(),
    "aws:EpochTime": String(Math.floor(now.getTime() / 1000)),
    "aws:PrincipalAccount": principal.account,
    "aws:PrincipalArn": principal.arn,
    "aws:PrincipalType": principal.type,
    "aws:RequestedRegion": globalServices.has(service) ? "us-east-1" : call.region,
    "aws:ResourceAccount": call.account,
    // A client of the real AWS uses TLS.
    "aws:SecureTransport": "true",
    "aws:SourceIp": via === undefined ? principal.sourceIp : undefined,
    "aws:UserAgent": principal.userAgent,
    "aws:TagKeys": keys.length > 0 ? keys : undefined,
    "aws:ViaAWSService": String(via !== undefined),
    "aws:CalledVia": via,
    "aws:CalledViaFirst": via,
    "aws:CalledViaLast": via,
    "aws:userid": principal.userId,
    ...(service === "kms" && ofKms(call, action, principal.account, via)),
    ...(service === "rds" && prefixed("rds:req-tag/", tags)),
    ...(service === "ec2" && { "ec2:Region": call.region }),
    ...prefixed("aws:RequestTag/", tags),
    ...prefixed("aws:PrincipalTag/", principal.tags),
  };
}

// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
function ofKms({ region }: ModelledCall, action: string, account: string, via: string | undefined) {
  const ofGrants = /^kms:(CreateGrant|ListGrants|RevokeGrant)$/.test(action);
  return {
    "kms:CallerAccount": account,
    "kms:GrantIsForAWSResource": ofGrants ? String(via !== undefined) : undefined,
    "kms:ViaService": via?.replace(/\.amazonaws\.com$/, `.${region}.amazonaws.com`),
  };
}

/**
 * Condition keys of the tags of a resource, global and of the service.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/security_iam_service-with-iam.html: RDS has one for each type,
 * such as "rds:cluster-tag".
 */
export function resourceTagContext(
  { action, resource }: Pick<AuthorizationRequest, "action" | "resource">,
  tags: Readonly<Record<string, string>>,
): Record<string, string> {
  const service = action.slice(0, action.indexOf(":"));
  const own = service === "rds" ? `${resource.split(":")[5] ?? ""}-tag` : "ResourceTag";
  return { ...prefixed("aws:ResourceTag/", tags), ...prefixed(`${service}:${own}/`, tags) };
}

function prefixed(prefix: string, tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}${key}`, value]));
}
