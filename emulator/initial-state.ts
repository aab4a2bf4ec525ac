import type { Aws, Scope } from "./models/aws";

/** An S3 bucket that exists from the start. */
export interface Bucket {
  readonly name: string;
  readonly region: string;
}

/** Name of the role with which API Gateway writes logs. */
export const apiGatewayLogRole = "api-gateway-logs";

export async function createBucket(aws: Aws, account: string, { name, region }: Bucket): Promise<void> {
  // us-east-1 must not be named: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
  const location = region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
  await aws.demand({ account, region }, "s3", "CreateBucket", { Bucket: name, ...location });
}

export async function createHostedZone(aws: Aws, account: string, name: string): Promise<void> {
  const input = { Name: name, CallerReference: name };
  await aws.demand({ account, region: "us-east-1" }, "route53", "CreateHostedZone", input);
}

/** Sets the role for logs in API Gateway's settings of the account, as an account's first REST API needs it. */
export async function allowApiGatewayLogs(aws: Aws, scope: Scope): Promise<void> {
  const role = { RoleName: apiGatewayLogRole };
  const principal = { Service: "apigateway.amazonaws.com" };
  const statement = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  const trust = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const existing = await aws.ask(scope, "iam", "GetRole", role);
  if (existing.Role === undefined) {
    await aws.demand(scope, "iam", "CreateRole", { ...role, AssumeRolePolicyDocument: trust });
  }
  const value = `arn:aws:iam::${scope.account}:role/${apiGatewayLogRole}`;
  const patchOperations = [{ op: "replace", path: "/cloudwatchRoleArn", value }];
  await aws.demand(scope, "apigateway", "UpdateAccount", { patchOperations });
}
