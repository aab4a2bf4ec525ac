import { text, type JsonObject } from "../wire/json";
import type { Ask } from "./call";
import type { NamedPolicy } from "./evaluate";
import { stringsAt } from "./input";
import { parsePolicy } from "./policy-document";

/** What a role or user may do: the documents of its policies. */
export interface Permissions {
  readonly identity: readonly NamedPolicy[];
  /** @default - no permissions boundary */
  readonly boundary?: NamedPolicy;
}

/** What identity-based policies belong to. */
export type PolicyHolder = "Role" | "User" | "Group";

/**
 * Reads the inline and the attached managed policies of a role, user or group.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export async function identityPolicies(holder: PolicyHolder, name: string, ask: Ask): Promise<readonly NamedPolicy[]> {
  const input = { [`${holder}Name`]: name };
  const [inline, attached] = await Promise.all([
    pages(ask, `List${holder}Policies`, input, "PolicyNames"),
    pages(ask, `ListAttached${holder}Policies`, input, "AttachedPolicies.PolicyArn"),
  ]);
  return Promise.all([
    ...inline.map(async (policy) => {
      const { PolicyDocument: document } = await ask("iam", `Get${holder}Policy`, { ...input, PolicyName: policy });
      return { name: policy, document: parsePolicy(decoded(text(document))) };
    }),
    ...attached.map((arn) => managedPolicy(arn, ask)),
  ]);
}

/** The permissions boundary of a role or user as IAM returns it; undefined when it has none. */
export async function boundaryOf(found: JsonObject, ask: Ask): Promise<NamedPolicy | undefined> {
  const [arn] = stringsAt(found, "PermissionsBoundary.PermissionsBoundaryArn");
  return arn === undefined ? undefined : managedPolicy(arn, ask);
}

/** Reads the default version of a managed policy. */
export async function managedPolicy(arn: string, ask: Ask): Promise<NamedPolicy> {
  const { Policy: policy } = await ask("iam", "GetPolicy", { PolicyArn: arn });
  const [version] = stringsAt(policy, "DefaultVersionId");
  const answer = await ask("iam", "GetPolicyVersion", { PolicyArn: arn, VersionId: version });
  const [document = ""] = stringsAt(answer, "PolicyVersion.Document");
  return { name: arn, document: parsePolicy(decoded(document)) };
}

/** The strings at a path in all pages of a list of IAM. */
export async function pages(ask: Ask, operation: string, input: JsonObject, path: string): Promise<string[]> {
  const all: string[] = [];
  let marker: string | undefined;
  do {
    const page = await ask("iam", operation, { ...input, ...(marker !== undefined && { Marker: marker }) });
    all.push(...stringsAt(page, path));
    marker = page.IsTruncated === true ? text(page.Marker) : undefined;
  } while (marker !== undefined);
  return all;
}

/** Calls a function at the first call, and again after it failed. */
export function once<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let reading: Promise<Result> | undefined;
  return () => {
    reading ??= read().catch((error: unknown) => {
      reading = undefined;
      throw error;
    });
    return reading;
  };
}

/** A document as IAM returns it, decoded: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export function decoded(document: string): string {
  return document.startsWith("{") ? document : decodeURIComponent(document);
}
