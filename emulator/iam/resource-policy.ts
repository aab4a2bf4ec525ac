import { text } from "../wire/json";
import { lookUp, type Ask, type ModelledCall } from "./call";
import type { NamedPolicy } from "./evaluate";
import { parsePolicy } from "./policy-document";

/** Look-ups of the policy of the resource that a call is about, by model: operation, members of its input, and output. */
const lookUps: Readonly<Record<string, readonly [operation: string, member: string, policy: string]>> = {
  ecr: ["GetRepositoryPolicy", "repositoryName", "policyText"],
  s3: ["GetBucketPolicy", "Bucket", "Policy"],
  secretsmanager: ["GetResourcePolicy", "SecretId", "ResourcePolicy"],
};

/** The policy of the resource that a call is about, if the service has such policies and the resource has one. */
export async function resourcePolicyOf({ model, input }: ModelledCall, ask: Ask): Promise<NamedPolicy | undefined> {
  const [operation, member, policy] = lookUps[model] ?? [];
  if (operation === undefined || member === undefined || policy === undefined || text(input[member]) === "")
    return undefined;
  const found = text((await lookUp(ask(model, operation, { [member]: input[member] })))?.[policy]);
  return found === "" ? undefined : { name: "", document: parsePolicy(found) };
}
