import { isJsonObject, text } from "../wire/json";
import { lookUp, type Ask } from "./call";
import type { NamedPolicy } from "./evaluate";
import { tagsIn, stringsAt } from "./input";
import { parsePolicy, type PolicyDocument } from "./policy-document";

/** A role. */
export interface Role {
  readonly arn: string;
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The trust policy. */
  readonly trust: PolicyDocument;
  /** Reads what the role may do, once. */
  readonly permissions: () => Promise<RolePermissions>;
}

/** The documents of a role's policies. */
export interface RolePermissions {
  readonly identity: readonly NamedPolicy[];
  /** @default - no permissions boundary */
  readonly boundary?: NamedPolicy;
}

/** Reads a role and its trust policy from IAM; undefined when it does not exist. */
export async function readRole(name: string, ask: Ask): Promise<Role | undefined> {
  const found = (await lookUp(ask("iam", "GetRole", { RoleName: name })))?.Role;
  if (!isJsonObject(found)) return undefined;
  const [boundary] = stringsAt(found, "PermissionsBoundary.PermissionsBoundaryArn");
  let permissions: Promise<RolePermissions> | undefined;
  return {
    arn: text(found.Arn),
    id: text(found.RoleId),
    tags: tagsIn(found),
    trust: parsePolicy(decoded(text(found.AssumeRolePolicyDocument))),
    permissions: () => {
      permissions ??= readPermissions(name, boundary, ask).catch((error: unknown) => {
        permissions = undefined;
        throw error;
      });
      return permissions;
    },
  };
}

async function readPermissions(name: string, boundary: string | undefined, ask: Ask): Promise<RolePermissions> {
  const role = { RoleName: name };
  const [inline, attached] = await Promise.all([
    pages(ask, "ListRolePolicies", role, "PolicyNames"),
    pages(ask, "ListAttachedRolePolicies", role, "AttachedPolicies.PolicyArn"),
  ]);
  const identity = await Promise.all([
    ...inline.map(async (policy) => {
      const { PolicyDocument: document } = await ask("iam", "GetRolePolicy", { ...role, PolicyName: policy });
      return { name: policy, document: parsePolicy(decoded(text(document))) };
    }),
    ...attached.map((arn) => managedPolicy(arn, ask)),
  ]);
  return { identity, boundary: boundary === undefined ? undefined : await managedPolicy(boundary, ask) };
}

/** Reads the default version of a managed policy. */
export async function managedPolicy(arn: string, ask: Ask): Promise<NamedPolicy> {
  const { Policy: policy } = await ask("iam", "GetPolicy", { PolicyArn: arn });
  const [version] = stringsAt(policy, "DefaultVersionId");
  const answer = await ask("iam", "GetPolicyVersion", { PolicyArn: arn, VersionId: version });
  const [document = ""] = stringsAt(answer, "PolicyVersion.Document");
  return { name: arn, document: parsePolicy(decoded(document)) };
}

async function pages(ask: Ask, operation: string, role: { RoleName: string }, path: string): Promise<string[]> {
  const all: string[] = [];
  let marker: string | undefined;
  do {
    const page = await ask("iam", operation, { ...role, ...(marker !== undefined && { Marker: marker }) });
    all.push(...stringsAt(page, path));
    marker = page.IsTruncated === true ? text(page.Marker) : undefined;
  } while (marker !== undefined);
  return all;
}

/** A document as IAM returns it, decoded: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export function decoded(document: string): string {
  return document.startsWith("{") ? document : decodeURIComponent(document);
}
