import { isJsonObject, text } from "../wire/json";
import { lookUp, type Ask } from "./call";
import { boundaryOf, decoded, identityPolicies, once, type Permissions } from "./identity-policies";
import { tagsIn } from "./input";
import { parsePolicy, type PolicyDocument } from "./policy-document";

/** A role. */
export interface Role {
  readonly arn: string;
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The trust policy. */
  readonly trust: PolicyDocument;
  /** Longest session that can be asked for. */
  readonly maxSessionSeconds: number;
  /** Reads what the role may do, once. */
  readonly permissions: () => Promise<Permissions>;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const defaultMaxSessionSeconds = 3600;

/** Reads a role and its trust policy from IAM; undefined when it does not exist. */
export async function readRole(name: string, ask: Ask): Promise<Role | undefined> {
  const found = (await lookUp(ask("iam", "GetRole", { RoleName: name })))?.Role;
  if (!isJsonObject(found)) return undefined;
  const { MaxSessionDuration: longest } = found;
  return {
    arn: text(found.Arn),
    id: text(found.RoleId),
    tags: tagsIn(found),
    trust: parsePolicy(decoded(text(found.AssumeRolePolicyDocument))),
    maxSessionSeconds: typeof longest === "number" ? longest : defaultMaxSessionSeconds,
    permissions: once(async () => ({
      identity: await identityPolicies("Role", name, ask),
      boundary: await boundaryOf(found, ask),
    })),
  };
}
