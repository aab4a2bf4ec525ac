import { text } from "../wire/json";
import { assumedRole, type FindRole } from "./assumed-role";
import { lookUp, type Ask, type ModelledCall } from "./call";
import type { ResourcePolicy } from "./evaluate";
import { parsePolicy } from "./policy-document";
import { roleNameOf } from "./roles";

/** Look-ups of the policy of the resource that a call is about, by model: undefined when it has none. */
const lookUps: Readonly<Record<string, (call: ModelledCall, ask: Ask) => Promise<string | undefined>>> = {
  ecr: ({ input: { repositoryName: name } }, ask) =>
    read(ask, "ecr", "GetRepositoryPolicy", { repositoryName: name }, "policyText"),
  kms: ({ input: { KeyId: id } }, ask) =>
    read(ask, "kms", "GetKeyPolicy", { KeyId: id, PolicyName: "default" }, "Policy"),
  s3: ({ input: { Bucket: name } }, ask) => read(ask, "s3", "GetBucketPolicy", { Bucket: name }, "Policy"),
  secretsmanager: ({ input: { SecretId: id } }, ask) =>
    read(ask, "secretsmanager", "GetResourcePolicy", { SecretId: id }, "ResourcePolicy"),
};

/** The policy of the resource that a call is about, if the service has such policies and the resource has one. */
export async function resourcePolicyOf(
  call: ModelledCall,
  ask: Ask,
  findRole: FindRole,
): Promise<ResourcePolicy | undefined> {
  const { model } = call;
  if (model === "sts") return trustPolicyOf(call, findRole);
  const document = (await lookUps[model]?.(call, ask)) ?? "";
  if (document === "") return undefined;
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
  return { name: "", document: parsePolicy(document), type: "resource-based policy", mustAllow: model === "kms" };
}

async function trustPolicyOf(call: ModelledCall, findRole: FindRole): Promise<ResourcePolicy | undefined> {
  const role = await assumedRole(call, findRole);
  if (role === undefined) return undefined;
  const account = roleNameOf(role.arn)?.account;
  return { name: "", document: role.trust, type: "role trust policy", mustAllow: true, account };
}

/** The member of an output with a policy; an operation on no resource, such as a list, has none. */
async function read(ask: Ask, model: string, operation: string, input: Parameters<Ask>[2], member: string) {
  if (Object.values(input).some((value) => typeof value !== "string")) return undefined;
  return text((await lookUp(ask(model, operation, input)))?.[member]);
}
