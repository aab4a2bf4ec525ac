import { partitionOf } from "../iam/call";
import { contextOf } from "../iam/conditions";
import { allows } from "../iam/evaluate";
import type { RuleCall } from "./rule";

/** How a service assumes a role. */
export interface ServiceAssumption {
  /** The part of aws:SourceArn after the account, such as "rule/nightly". @default - the service sends no source */
  readonly source?: string;
  /** Service in aws:SourceArn. @default - the first part of the service principal */
  readonly service?: string;
  /** Condition key sts:ExternalId. @default - the service sends none */
  readonly externalId?: string;
  /** Whether the service assumes the role later, so that a new role has taken effect by then. @default false */
  readonly later?: boolean;
}

/**
 * Whether a service may assume a role: the role exists, and its trust policy allows it.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export async function trustsService(
  { account, region, iam }: Pick<RuleCall, "account" | "region" | "iam">,
  roleArn: string,
  principal: string,
  { source, service = principal.split(".")[0] ?? "", externalId, later = false }: ServiceAssumption = {},
): Promise<boolean> {
  const role = await (later ? iam.futureRole(roleArn) : iam.role(roleArn));
  if (role === undefined) return false;
  const sent = source !== undefined && {
    "aws:SourceAccount": account,
    "aws:SourceArn": `arn:${partitionOf(region)}:${service}:${region}:${account}:${source}`,
  };
  const ofService = { "aws:SecureTransport": "true", "aws:PrincipalIsAWSService": "true" };
  const context = contextOf({ ...ofService, "sts:ExternalId": externalId, ...sent });
  const request = { action: "sts:AssumeRole", resource: roleArn, context };
  return allows(role.trust, request, { type: "Service", identifiers: [principal] });
}
