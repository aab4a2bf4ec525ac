import { parseXml, textOf } from "../wire/xml";
import type { Client, SessionKey } from "./calls";

const roleName = "bench";

/** The actions of the measured calls, in a policy with as many statements as a deployment role has. */
const actions = [
  "ec2:DescribeVpcs",
  "ecs:ListClusters",
  "apigateway:GET",
  "s3:ListAllMyBuckets",
  "logs:DescribeLogGroups",
  "rds:DescribeDBInstances",
  "elasticloadbalancing:DescribeLoadBalancers",
  "cloudwatch:DescribeAlarms",
  "iam:GetRole",
  "kms:ListKeys",
];

/** Creates a role with a policy, and assumes it. */
export async function assumedRole(client: Client): Promise<SessionKey> {
  const principal = { AWS: "arn:aws:iam::123456789012:root" };
  const trust = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  const statements = actions.map((action) => ({ Effect: "Allow", Action: action, Resource: "*" }));
  await client.send(
    { service: "iam", operation: "CreateRole" },
    { RoleName: roleName, AssumeRolePolicyDocument: policy([trust]) },
  );
  await client.send(
    { service: "iam", operation: "PutRolePolicy" },
    { RoleName: roleName, PolicyName: roleName, PolicyDocument: policy(statements) },
  );
  const RoleArn = `arn:aws:iam::123456789012:role/${roleName}`;
  const reply = await client.send({ service: "sts", operation: "AssumeRole" }, { RoleArn, RoleSessionName: roleName });
  const root = parseXml(reply);
  const credentials = (name: string) => textOf(root, "AssumeRoleResult", "Credentials", name);
  return {
    accessKeyId: credentials("AccessKeyId"),
    secretAccessKey: credentials("SecretAccessKey"),
    sessionToken: credentials("SessionToken"),
  };
}

function policy(Statement: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
