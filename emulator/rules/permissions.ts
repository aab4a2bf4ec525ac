import { contextOf } from "../iam/conditions";
import { findStatement } from "../iam/statements";
import type { RuleCall } from "./rule";

/**
 * Whether a role that a service assumes may do something, by the policies of the role that have taken effect.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export async function permits(
  { iam }: Pick<RuleCall, "iam">,
  roleArn: string,
  action: string,
  resource: string,
): Promise<boolean> {
  const permissions = await (await iam.role(roleArn))?.permissions();
  if (permissions === undefined) return false;
  const { identity, boundary } = permissions;
  const request = { action, resource, context: contextOf({ "aws:SecureTransport": "true" }) };
  const limits = boundary ? [identity, [boundary]] : [identity];
  return limits.every(
    (policies) => !findStatement(policies, "Deny", request) && findStatement(policies, "Allow", request) !== undefined,
  );
}
