import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { ClientSettings, RunningEmulator } from "../running-emulator";

const account = "111122223333";

/** A policy document. */
export const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

/** The ARN of a role that `sessionOf` creates. */
export const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

/** Creates a role with these statements in its policy, assumes it, and returns the settings of its clients. */
export async function sessionOf(
  aws: RunningEmulator,
  RoleName: string,
  ...statements: object[]
): Promise<ClientSettings> {
  const iam = new IAMClient(aws.client());
  const Principal = { AWS: `arn:aws:iam::${account}:root` };
  const AssumeRolePolicyDocument = document({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  if (statements.length > 0) {
    const PolicyDocument = document(...statements);
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument }));
  }
  const input = { RoleArn: roleArn(RoleName), RoleSessionName: "job" };
  const { Credentials } = await new STSClient(aws.client()).send(new AssumeRoleCommand(input));
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken,
  };
  return { ...aws.client(), credentials };
}
