import { CreateRoleCommand, PutRolePolicyCommand, type IAMClient } from "@aws-sdk/client-iam";

/**
 * Creates a role that a service may assume.
 *
 * @param conditions of the trust policy
 * @returns its ARN
 */
export async function roleFor(iam: IAMClient, name: string, principal: string, conditions?: object): Promise<string> {
  const trusting = { Principal: { Service: principal }, Action: "sts:AssumeRole", Condition: conditions };
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: allow(trusting) }));
  return Role?.Arn ?? "";
}

/** Allows a role actions on all resources. */
export async function permit(iam: IAMClient, RoleName: string, ...Action: string[]): Promise<void> {
  const PolicyDocument = allow({ Action, Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument }));
}

function allow(statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
}
