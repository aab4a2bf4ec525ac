import { isMet, replaceVariables, type Context } from "./conditions";
import type { PolicyDocument, Principals, Statement } from "./policy-document";
import { arnLike, like } from "./wildcard";

/** One action on one resource, as IAM evaluates it. */
export interface AuthorizationRequest {
  /** Such as "ecs:CreateService". */
  readonly action: string;
  /** ARN, or "*" for an action without resource-level permissions. */
  readonly resource: string;
  readonly context: Context;
}

/** A policy with the ARN or the name by which a refusal refers to it. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** The first statement of the policies with the effect that applies to the request, with its policy. */
export function findStatement(
  policies: readonly NamedPolicy[],
  effect: Statement["effect"],
  request: AuthorizationRequest,
  applies: (statement: Statement) => boolean = () => true,
): { policy: NamedPolicy; statement: Statement } | undefined {
  for (const policy of policies) {
    const { version, statements } = policy.document;
    const statement = statements.find(
      (each) =>
        each.effect === effect &&
        coversAction(each, request.action) &&
        coversResource(each, request, version) &&
        applies(each) &&
        each.conditions.every((condition) => isMet(condition, request.context, version)),
    );
    if (statement) return { policy, statement };
  }
  return undefined;
}

/**
 * Whether one of the principal's identifiers is named by a statement of a resource-based policy: ARNs of an account, a
 * role, a user or a session, or a service.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function coversPrincipal(statement: Statement, type: string, identifiers: readonly string[]): boolean {
  const { principals, notPrincipals } = statement;
  if (principals) return names(principals, type, identifiers);
  return notPrincipals !== undefined && !names(notPrincipals, type, identifiers);
}

function names(principals: Principals, type: string, identifiers: readonly string[]): boolean {
  if (principals.AWS?.includes("*")) return true;
  return (principals[type] ?? []).some((name) => name === "*" || identifiers.includes(accountArn(name)));
}

// An account may be written as its id: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
function accountArn(name: string): string {
  return /^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name;
}

/** Whether a statement is about an action. */
export function coversAction({ actions, notActions = [] }: Statement, action: string): boolean {
  const name = action.toLowerCase();
  const named = (patterns: readonly string[]) => patterns.some((pattern) => like(pattern, name));
  return actions ? named(actions) : !named(notActions);
}

// A trust policy has neither of the elements: its resource is the role.
function coversResource(statement: Statement, { resource, context }: AuthorizationRequest, version: string): boolean {
  const { resources, notResources = [] } = statement;
  const named = (patterns: readonly string[]) =>
    patterns.some((pattern) => {
      const replaced = replaceVariables(pattern, context, version);
      return replaced !== undefined && arnLike(replaced, resource);
    });
  return resources ? named(resources) : !named(notResources);
}
