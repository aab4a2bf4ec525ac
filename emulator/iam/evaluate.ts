import type { PolicyDocument } from "./policy-document";
import { coversPrincipal, findStatement, type AuthorizationRequest, type NamedPolicy } from "./statements";

export type { AuthorizationRequest, NamedPolicy } from "./statements";

/** The policies that apply to a request of a role session. */
export interface ApplicablePolicies {
  readonly identity: readonly NamedPolicy[];
  /** @default - no permissions boundary */
  readonly boundary?: NamedPolicy;
  /** Policies passed when the role was assumed. @default - no session policy */
  readonly session?: readonly NamedPolicy[];
  /** Policy of the resource. @default - it has none */
  readonly resource?: ResourcePolicy;
}

/** The policy of a resource. */
export interface ResourcePolicy extends NamedPolicy {
  readonly type: "resource-based policy" | "role trust policy";
  /**
   * Whether it must allow the caller or the account, whatever the policies of the caller allow: trust policies and key
   * policies must.
   */
  readonly mustAllow: boolean;
  /** Account of the resource. @default - the account of the caller */
  readonly account?: string;
}

/** ARNs by which a resource-based policy can name the caller. */
export interface Caller {
  /** Such as "arn:aws:sts::111122223333:assumed-role/deploy/job". */
  readonly arn: string;
  /** ARN of the role of a session. @default - the caller is a user */
  readonly roleArn?: string;
}

/** Why a request is refused. */
export interface Denial {
  readonly explicit: boolean;
  readonly policyType: "identity-based policy" | "permissions boundary" | "session policy" | ResourcePolicy["type"];
  /** ARN or name of the policy with the statement that denies. @default - no statement allows */
  readonly policy?: string;
  /** Id of the statement that denies. @default - it has none, or no statement allows */
  readonly sid?: string;
}

/**
 * Evaluates a request: undefined when it is allowed. An explicit deny in any policy comes first; then, within one account,
 * a resource-based policy can allow the session itself; then identity-based policies (or, within one account, the
 * resource-based policy for the role), boundary and session policies must all allow.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function evaluate(
  request: AuthorizationRequest,
  policies: ApplicablePolicies,
  caller: Caller,
): Denial | undefined {
  const { identity, boundary, session, resource } = policies;
  const { arn, roleArn } = caller;
  const named = (identifiers: readonly string[]) => (statement: NamedPolicy["document"]["statements"][number]) =>
    coversPrincipal(statement, "AWS", identifiers);
  const everyName = [arn, ...(roleArn === undefined ? [] : [roleArn])];
  const accountId = arn.split(":")[4] ?? "";
  const account = `arn:aws:iam::${accountId}:root`;
  const ofCaller: [Denial["policyType"], readonly NamedPolicy[] | undefined][] = [
    ["identity-based policy", identity],
    ["permissions boundary", boundary && [boundary]],
    ["session policy", session],
  ];

  for (const [policyType, documents = []] of ofCaller) {
    const found = findStatement(documents, "Deny", request);
    if (found) return { explicit: true, policyType, policy: found.policy.name, sid: found.statement.sid };
  }
  const ofResource = resource ? [resource] : [];
  const anyName = named([...everyName, account]);
  const denial = findStatement(ofResource, "Deny", request, anyName);
  const policyType = resource?.type ?? "resource-based policy";
  if (denial) return { explicit: true, policyType, policy: denial.policy.name, sid: denial.statement.sid };
  if (resource?.mustAllow && !findStatement(ofResource, "Allow", request, anyName))
    return { explicit: false, policyType };

  const ofAccount = resource?.account === undefined || resource.account === accountId ? ofResource : [];
  if (findStatement(ofAccount, "Allow", request, named([arn]))) return undefined;
  const allowedRole = findStatement(ofAccount, "Allow", request, named(everyName)) !== undefined;
  for (const [policyType, documents] of ofCaller) {
    if (documents === undefined || (allowedRole && policyType === "identity-based policy")) continue;
    if (!findStatement(documents, "Allow", request)) return { explicit: false, policyType };
  }
  return undefined;
}

/**
 * Whether a trust policy or another resource-based policy allows an action to a principal by itself, such as a service
 * that is handed the role.
 */
export function allows(
  document: PolicyDocument,
  request: AuthorizationRequest,
  principal: { readonly type: "AWS" | "Service" | "Federated"; readonly identifiers: readonly string[] },
): boolean {
  const policies = [{ name: "", document }];
  const find = (effect: "Allow" | "Deny") =>
    findStatement(policies, effect, request, (each) => coversPrincipal(each, principal.type, principal.identifiers));
  return find("Deny") === undefined && find("Allow") !== undefined;
}
