import { object, text } from "../wire/json";
import { lookUp, type Ask, type ModelledCall } from "./call";
import type { ResourcePolicy } from "./evaluate";
import { parsePolicy } from "./policy-document";
import { decoded } from "./role-policies";

/** Look-ups of the policy of the resource that a call is about, by model: undefined when it has none. */
const lookUps: Readonly<Record<string, (call: ModelledCall, ask: Ask) => Promise<string | undefined>>> = {
  ecr: ({ input: { repositoryName: name } }, ask) =>
    read(ask, "ecr", "GetRepositoryPolicy", { repositoryName: name }, "policyText"),
  kms: ({ input: { KeyId: id } }, ask) =>
    read(ask, "kms", "GetKeyPolicy", { KeyId: id, PolicyName: "default" }, "Policy"),
  s3: ({ input: { Bucket: name } }, ask) => read(ask, "s3", "GetBucketPolicy", { Bucket: name }, "Policy"),
  secretsmanager: ({ input: { SecretId: id } }, ask) =>
    read(ask, "secretsmanager", "GetResourcePolicy", { SecretId: id }, "ResourcePolicy"),
  sts: async ({ input: { RoleArn: arn }, account }, ask) => {
    const [, name] = new RegExp(`^arn:[^:]+:iam::${account}:role/(?:.*/)?([^/]+)$`).exec(text(arn)) ?? [];
    const found = name === undefined ? undefined : await lookUp(ask("iam", "GetRole", { RoleName: name }));
    return decoded(text(object(found?.Role).AssumeRolePolicyDocument));
  },
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html */
const mustAllow = ["kms", "sts"];

/** The policy of the resource that a call is about, if the service has such policies and the resource has one. */
export async function resourcePolicyOf(call: ModelledCall, ask: Ask): Promise<ResourcePolicy | undefined> {
  const { model } = call;
  const document = (await lookUps[model]?.(call, ask)) ?? "";
  if (document === "") return undefined;
  return {
    name: "",
    document: parsePolicy(document),
    type: model === "sts" ? "role trust policy" : "resource-based policy",
    mustAllow: mustAllow.includes(model),
  };
}

/** The member of an output with a policy; an operation on no resource, such as a list, has none. */
async function read(ask: Ask, model: string, operation: string, input: Parameters<Ask>[2], member: string) {
  if (Object.values(input).some((value) => typeof value !== "string")) return undefined;
  return text((await lookUp(ask(model, operation, input)))?.[member]);
}
