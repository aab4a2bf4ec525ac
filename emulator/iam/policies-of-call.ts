import { list, object, objects, text, type JsonObject, type JsonValue } from "../wire/json";
import type { FindRole } from "./assumed-role";
import { lookUp, type Ask, type ModelledCall } from "./call";
import { contextOf } from "./conditions";
import { allows } from "./evaluate";
import { decoded } from "./identity-policies";
import { stringsAt } from "./input";
import { parsePolicy } from "./policy-document";
import { policyProblem, type PolicyKind } from "./policy-grammar";
import { bucketPolicySize, logsResourcePolicySize, sizeProblem, type policySizes } from "./policy-sizes";
import { readRole } from "./role";
import { like } from "./wildcard";
import { documentIn } from "../gaps/api-gateway/import/document";
import type { Refusal } from "./refusal";

/** A policy in the input of an operation. */
interface PolicyMember {
  readonly kind: PolicyKind;
  readonly find: (input: JsonObject) => JsonValue;
  /** Error code of the service for a policy that it does not take. */
  readonly code: string;
  /** The service's message. @default - IAM's message on what is wrong */
  readonly message?: (problem: string) => string;
  readonly size?: keyof typeof policySizes;
}

const member = (name: string) => (input: JsonObject) => input[name];
const ofIam = (name: string, size: keyof typeof policySizes): PolicyMember => ({
  kind: size === "trust" ? "trust" : "identity",
  find: member(name),
  code: "MalformedPolicyDocument",
  size,
});
const ofSession: PolicyMember = { kind: "session", find: member("Policy"), code: "MalformedPolicyDocument" };
const resource = (name: string, code: string, message?: PolicyMember["message"]): PolicyMember => ({
  kind: "resource",
  find: member(name),
  code,
  message,
});
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
const ofQueue: PolicyMember = {
  kind: "resource",
  find: ({ Attributes: attributes }) => object(attributes).Policy,
  code: "InvalidAttributeValue",
  message: () => "Invalid value for the parameter Policy.",
};
const ofTopic = (find: PolicyMember["find"]): PolicyMember => ({
  kind: "resource",
  find,
  code: "InvalidParameter",
  message: () => "Invalid parameter: Policy Error: null",
});
const ofKey = resource("Policy", "MalformedPolicyDocumentException", (problem) =>
  problem.startsWith("Invalid principal")
    ? "Policy contains a statement with one or more invalid principals."
    : problem,
);
// https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-policy.html
const ofDocument: PolicyMember = {
  ...resource("body", "BadRequestException", invalidDocument),
  find: (input) => {
    const policy = documentIn(input)?.["x-amazon-apigateway-policy"];
    return policy == null ? undefined : JSON.stringify(policy);
  },
};

/** The operations that take a policy, by "<model>:<operation>". */
const policyMembers: Readonly<Record<string, PolicyMember>> = {
  "apigateway:CreateRestApi": resource("policy", "BadRequestException", invalidDocument),
  "apigateway:ImportRestApi": ofDocument,
  "apigateway:PutRestApi": ofDocument,
  "apigateway:UpdateRestApi": {
    ...resource("patchOperations", "BadRequestException", invalidDocument),
    find: ({ patchOperations: patches }) => objects(patches).find(({ path }) => path === "/policy")?.value,
  },
  "backup:PutBackupVaultAccessPolicy": resource("Policy", "InvalidParameterValueException"),
  "ec2:CreateVpcEndpoint": resource("PolicyDocument", "InvalidPolicyDocument"),
  "ec2:ModifyVpcEndpoint": resource("PolicyDocument", "InvalidPolicyDocument"),
  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
  "ecr:SetRepositoryPolicy": { ...resource("policyText", "InvalidParameterException"), kind: "unscoped" },
  // https://docs.aws.amazon.com/efs/latest/ug/API_PutFileSystemPolicy.html
  "efs:PutFileSystemPolicy": { ...resource("Policy", "InvalidPolicyException"), kind: "unscoped" },
  "iam:CreatePolicy": ofIam("PolicyDocument", "managed"),
  "iam:CreatePolicyVersion": ofIam("PolicyDocument", "managed"),
  "iam:CreateRole": ofIam("AssumeRolePolicyDocument", "trust"),
  "iam:PutGroupPolicy": ofIam("PolicyDocument", "inlineOfGroup"),
  "iam:PutRolePolicy": ofIam("PolicyDocument", "inlineOfRole"),
  "iam:PutUserPolicy": ofIam("PolicyDocument", "inlineOfUser"),
  "iam:UpdateAssumeRolePolicy": ofIam("PolicyDocument", "trust"),
  "kms:CreateKey": ofKey,
  "kms:PutKeyPolicy": ofKey,
  "logs:PutResourcePolicy": resource("policyDocument", "InvalidParameterException"),
  // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
  "s3:PutBucketPolicy": resource("Policy", "MalformedPolicy", ofBucket),
  "secretsmanager:PutResourcePolicy": resource("ResourcePolicy", "MalformedPolicyDocumentException"),
  "sns:CreateTopic": ofTopic(({ Attributes: attributes }) => object(attributes).Policy),
  "sns:SetTopicAttributes": ofTopic(({ AttributeName: name, AttributeValue: value }) =>
    name === "Policy" ? value : undefined,
  ),
  "sqs:CreateQueue": ofQueue,
  "sqs:SetQueueAttributes": ofQueue,
  "sts:AssumeRole": ofSession,
  "sts:AssumeRoleWithSAML": ofSession,
  "sts:AssumeRoleWithWebIdentity": ofSession,
  "sts:GetFederationToken": ofSession,
};

/** What else the policies of a call are checked with. */
export interface PolicyRefusalOptions {
  /** ARNs by which a policy can name the caller, who must stay able to change the policy of a key. @default - none */
  readonly caller?: readonly string[];
  /** @default - roles are read in the account of the call */
  readonly findRole?: FindRole;
}

/**
 * The error of a call that contains a policy which AWS does not take: by its grammar, its size, or a role or user of the
 * account that it names and that does not exist. Undefined for a valid policy, and for a call without any.
 */
export async function policyRefusal(
  call: ModelledCall,
  ask: Ask,
  { caller = [], findRole = ({ name }) => readRole(name, ask) }: PolicyRefusalOptions = {},
): Promise<Refusal | undefined> {
  const found = policyMembers[`${call.model}:${call.operation}`];
  const document = text(found?.find(call.input));
  if (found === undefined || document === "") return undefined;
  const { kind, code, message = (problem: string) => problem } = found;
  const problem =
    (await policyProblem(document, kind)) ??
    (await unknownPrincipal(document, call, ask, findRole)) ??
    ofService(document, call, caller);
  if (problem !== undefined) return { code, message: message(problem), status: 400 };
  return tooLarge(document, found, call, ask);
}

// IAM keeps the id of a principal, so that it must exist:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
async function unknownPrincipal(
  document: string,
  { account }: ModelledCall,
  ask: Ask,
  findRole: FindRole,
): Promise<string | undefined> {
  for (const { principals, notPrincipals } of parsePolicy(document).statements) {
    for (const arn of [...(principals?.AWS ?? []), ...(notPrincipals?.AWS ?? [])]) {
      const [, type, name] = new RegExp(`^arn:[^:]+:iam::${account}:(role|user)/(?:.*/)?([^/]+)$`).exec(arn) ?? [];
      if (type === undefined || name === undefined) continue;
      const [known] =
        type === "role"
          ? [(await findRole({ account, name }))?.arn]
          : stringsAt(await lookUp(ask("iam", "GetUser", { UserName: name })), "User.Arn");
      if (known !== arn) return `Invalid principal in policy: "AWS":"${arn}"`;
    }
  }
  return undefined;
}

function ofService(
  document: string,
  { model, input, account }: ModelledCall,
  caller: readonly string[],
): string | undefined {
  const policy = parsePolicy(document);
  if (model === "s3") {
    const resources = policy.statements.flatMap(({ resources = [], notResources = [] }) => [
      ...resources,
      ...notResources,
    ]);
    const bucketIn = (arn: string) => arn.split(":").slice(5).join(":").split("/")[0] ?? "";
    if (!resources.every((arn) => like(bucketIn(arn), text(input.Bucket)))) return "Policy has invalid resource";
  }
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key
  if (model === "kms" && input.BypassPolicyLockoutSafetyCheck !== true) {
    const [arn = ""] = caller.slice(-1);
    const keys = { "aws:PrincipalAccount": account, "aws:PrincipalArn": arn, "kms:CallerAccount": account };
    const request = { action: "kms:PutKeyPolicy", resource: "*", context: contextOf(keys) };
    const identifiers = [`arn:aws:iam::${account}:root`, ...caller];
    if (!allows(policy, request, { type: "AWS", identifiers })) {
      return "The new key policy will not allow you to update the key policy in the future.";
    }
  }
  return undefined;
}

async function tooLarge(
  document: string,
  { size }: PolicyMember,
  call: ModelledCall,
  ask: Ask,
): Promise<Refusal | undefined> {
  const { model, input } = call;
  if (model === "logs" && input.resourceArn === undefined && document.length > logsResourcePolicySize) {
    return { code: "LimitExceededException", message: "Resource limit exceeded.", status: 400 };
  }
  if (model === "s3" && Buffer.byteLength(document) > bucketPolicySize) {
    return { code: "PolicyTooLarge", message: "Policy exceeds the maximum allowed document size.", status: 400 };
  }
  if (size === undefined) return undefined;
  const others = size === "inlineOfRole" ? await otherInlinePolicies(input, ask) : [];
  const name = text(input.RoleName) || text(input.UserName) || text(input.GroupName);
  const problem = sizeProblem(size, [document, ...others], name);
  return problem === undefined ? undefined : { code: "LimitExceeded", message: problem, status: 409 };
}

async function otherInlinePolicies({ RoleName: role, PolicyName: name }: JsonObject, ask: Ask): Promise<string[]> {
  const names = list((await lookUp(ask("iam", "ListRolePolicies", { RoleName: role })))?.PolicyNames);
  const others = names.filter((each) => each !== name);
  return Promise.all(
    others.map(async (each) => {
      const found = await lookUp(ask("iam", "GetRolePolicy", { RoleName: role, PolicyName: each }));
      return decoded(text(found?.PolicyDocument));
    }),
  );
}

function ofBucket(problem: string): string {
  if (problem.startsWith("Invalid principal")) return "Invalid principal in policy";
  return problem === "Syntax errors in policy."
    ? "Policies must be valid JSON and the first byte must be '{'"
    : problem;
}

function invalidDocument(): string {
  return "Invalid policy document. Please check the policy syntax and ensure that Principals are valid.";
}
