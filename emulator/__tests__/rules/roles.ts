import { CreateRoleCommand, type IAMClient } from "@aws-sdk/client-iam";

/** Creates a role that a service may assume. @returns its ARN */
export async function roleFor(iam: IAMClient, name: string, principal: string): Promise<string> {
  const statement = { Effect: "Allow", Principal: { Service: principal }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }));
  return Role?.Arn ?? "";
}
