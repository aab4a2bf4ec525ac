import { objects, text } from "../wire/json";
import type { Ask } from "./call";
import type { NamedPolicy } from "./evaluate";
import { tagsIn, stringsAt } from "./input";
import { parsePolicy } from "./policy-document";

/** A role with the documents of its policies. */
export interface RolePolicies {
  readonly arn: string;
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly identity: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
}

/** The policies of roles, by account and name. It must be cleared after every write to IAM. */
export type RolePolicyCache = Map<string, Promise<RolePolicies>>;

/** Reads a role, its inline and attached policies and its permissions boundary from IAM. */
export async function rolePolicies(name: string, ask: Ask): Promise<RolePolicies> {
  const role = { RoleName: name };
  const [{ Role: found }, inline, attached] = await Promise.all([
    ask("iam", "GetRole", role),
    pages(ask, "ListRolePolicies", role, "PolicyNames"),
    pages(ask, "ListAttachedRolePolicies", role, "AttachedPolicies.PolicyArn"),
  ]);
  const [boundary] = stringsAt(found, "PermissionsBoundary.PermissionsBoundaryArn");
  const identity = await Promise.all([
    ...inline.map(async (policy) => {
      const { PolicyDocument: document } = await ask("iam", "GetRolePolicy", { ...role, PolicyName: policy });
      return { name: policy, document: parsePolicy(decoded(text(document))) };
    }),
    ...attached.map((arn) => managedPolicy(arn, ask)),
  ]);
  const [details] = objects([found]);
  return {
    arn: text(details?.Arn),
    id: text(details?.RoleId),
    tags: details ? tagsIn(details) : {},
    identity,
    boundary: boundary === undefined ? undefined : await managedPolicy(boundary, ask),
  };
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
