import { domainNameProblem } from "./documents/route53";
import { roleNameOf } from "./iam/roles";
import type { Aws, Scope } from "./models/aws";

/** An S3 bucket that exists from the start. */
export interface Bucket {
  readonly name: string;
  readonly region: string;
}

/** A role that exists from the start. It has all permissions, and trusts the default account and its own. */
export interface InitialRole {
  /** ARN, in any account. */
  readonly arn: string;
  /** Identity provider whose tokens may assume the role, too. @default - none */
  readonly webIdentity?: IdentityProvider;
}

/** An OpenID Connect provider, which exists from the start in the account of each role that trusts it. */
export interface IdentityProvider {
  /** URL, such as "https://gitlab.com". */
  readonly issuer: string;
  readonly audience: string;
}

/** Name of the role with which API Gateway writes logs. */
const apiGatewayLogRole = "api-gateway-logs";

/** What exists from the start. */
export interface InitialState {
  readonly buckets: readonly Bucket[];
  /** Names of public hosted zones. */
  readonly hostedZones: readonly string[];
  /** ARNs of managed policies. */
  readonly policies: readonly string[];
  readonly roles: readonly InitialRole[];
  /** Regions in which the account's settings of API Gateway have a role for logs. */
  readonly apiGatewayLogRegions: readonly string[];
}

/** Creates what exists from the start. */
export async function createInitialState(aws: Aws, account: string, state: InitialState): Promise<void> {
  for (const bucket of state.buckets) await createBucket(aws, account, bucket);
  for (const zone of state.hostedZones) await createHostedZone(aws, account, zone);
  for (const policy of state.policies) await createPolicy(aws, policy);
  for (const role of state.roles) await createRole(aws, account, role);
  for (const region of state.apiGatewayLogRegions) await allowApiGatewayLogs(aws, { account, region });
}

/** What exists from the start, by its types and names in the inventory. */
export function initialResources(state: InitialState): { readonly type: string; readonly name: string }[] {
  return [
    ...state.buckets.map(({ name }) => ({ type: "Bucket", name })),
    ...state.hostedZones.map((zone) => ({ type: "Hosted zone", name: `${zone}.` })),
    ...(state.apiGatewayLogRegions.length === 0 ? [] : [{ type: "Role", name: apiGatewayLogRole }]),
    ...initialIdentities(state.roles),
    ...state.policies.map((arn) => ({ type: "Policy", name: arn.slice(arn.lastIndexOf("/") + 1) })),
  ];
}

async function createBucket(aws: Aws, account: string, { name, region }: Bucket): Promise<void> {
  // us-east-1 must not be named: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
  const location = region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region } };
  await aws.demand({ account, region }, "s3", "CreateBucket", { Bucket: name, ...location });
}

async function createHostedZone(aws: Aws, account: string, name: string): Promise<void> {
  const input = { Name: name, CallerReference: name };
  await aws.demand({ account, region: "us-east-1" }, "route53", "CreateHostedZone", input);
}

/** Sets the role for logs in API Gateway's settings of the account, as an account's first REST API needs it. */
async function allowApiGatewayLogs(aws: Aws, scope: Scope): Promise<void> {
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

async function createRole(aws: Aws, defaultAccount: string, { arn, webIdentity }: InitialRole): Promise<void> {
  const { account, name, path } = partsOf(arn);
  const scope = { account, region: "us-east-1" };
  const accounts = [...new Set([defaultAccount, account])].map((each) => `arn:aws:iam::${each}:root`);
  const statements: object[] = [
    { Effect: "Allow", Principal: { AWS: accounts }, Action: ["sts:AssumeRole", "sts:TagSession"] },
  ];
  if (webIdentity) {
    const { issuer, audience } = webIdentity;
    const providerArn = identityProviderArn(account, issuer);
    const known = await aws.ask(scope, "iam", "GetOpenIDConnectProvider", { OpenIDConnectProviderArn: providerArn });
    if (known.Url === undefined) {
      await aws.demand(scope, "iam", "CreateOpenIDConnectProvider", { Url: issuer, ClientIDList: [audience] });
    }
    const action = "sts:AssumeRoleWithWebIdentity";
    statements.push({ Effect: "Allow", Principal: { Federated: providerArn }, Action: action });
  }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  await aws.demand(scope, "iam", "CreateRole", { RoleName: name, Path: path, AssumeRolePolicyDocument });
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await aws.demand(scope, "iam", "AttachRolePolicy", { RoleName: name, PolicyArn });
}

/** Creates a managed policy that allows everything, in the account of its ARN. */
async function createPolicy(aws: Aws, arn: string): Promise<void> {
  const { account, path, PolicyName } = policyParts(arn);
  const statement = { Effect: "Allow", Action: "*", Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const input = { PolicyName, Path: path, PolicyDocument };
  await aws.demand({ account, region: "us-east-1" }, "iam", "CreatePolicy", input);
}

/**
 * Checks the ARNs of roles and managed policies that exist from the start.
 *
 * @throws Error on the first one that is invalid
 */
export function checkArns(roles: readonly InitialRole[], policies: readonly string[]): void {
  for (const { arn } of roles) partsOf(arn);
  for (const arn of policies) policyParts(arn);
}

/**
 * Checks the names of hosted zones that exist from the start.
 *
 * @throws Error on the first one that is invalid
 */
export function checkHostedZones(names: readonly string[]): void {
  for (const name of names) {
    const problem = domainNameProblem(name);
    if (problem !== undefined) throw new Error(`"${name}" must be the name of a hosted zone: ${problem}`);
  }
}

function initialIdentities(roles: readonly InitialRole[]): { readonly type: string; readonly name: string }[] {
  return roles.flatMap(({ arn, webIdentity }) => {
    const { account, name } = partsOf(arn);
    const provider = webIdentity && identityProviderArn(account, webIdentity.issuer);
    return [
      { type: "Role", name },
      ...(provider === undefined ? [] : [{ type: "OpenID Connect provider", name: provider }]),
    ];
  });
}

function identityProviderArn(account: string, issuer: string): string {
  return `arn:aws:iam::${account}:oidc-provider/${issuer.replace(/^https:\/\//, "")}`;
}

function partsOf(arn: string): { readonly account: string; readonly name: string; readonly path: string } {
  const role = roleNameOf(arn);
  if (!role) throw new Error(`"${arn}" must be the ARN of a role, such as "arn:aws:iam::111122223333:role/deploy"`);
  return { ...role, path: arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1) };
}

function policyParts(arn: string): { readonly account: string; readonly path: string; readonly PolicyName: string } {
  const [, account, path, PolicyName] = /^arn:[^:]+:iam::(\d{12}):policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  if (account === undefined || path === undefined || PolicyName === undefined) {
    throw new Error(`"${arn}" must be the ARN of a managed policy, such as "arn:aws:iam::111122223333:policy/limits"`);
  }
  return { account, path, PolicyName };
}
