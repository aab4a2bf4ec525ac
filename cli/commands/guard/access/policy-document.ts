import { canonical, isObject, listOf, parsedJson, textsOf } from "../fields";

/** One permission of a policy: an action on a resource for a principal, under conditions. */
export interface Permission {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  /** Canonical JSON. Empty for no conditions. */
  readonly conditions: string;
}

/** The statements of a policy that are compared. */
interface Document {
  readonly allowed: readonly Permission[];
  /** Canonical JSON of statements with Deny, and of those that name what they do not apply to. */
  readonly denied: readonly string[];
  readonly negated: readonly string[];
}

/** How a policy allows more than before. */
export interface Widening {
  readonly added: readonly Permission[];
  /** Number of statements that no longer deny, and of new ones with NotAction, NotResource or NotPrincipal. */
  readonly denialsRemoved: number;
  readonly negationsAdded: number;
}

/**
 * Compares two policy documents.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
 *
 * @returns undefined when the new one allows no more, or is not a policy
 */
export function wideningOf(before: unknown, after: unknown): Widening | undefined {
  const [former, now] = [documentOf(before), documentOf(after)];
  const widening = {
    added: now.allowed.filter((permission) => !former.allowed.some((other) => covers(other, permission))),
    denialsRemoved: former.denied.filter((statement) => !now.denied.includes(statement)).length,
    negationsAdded: now.negated.filter((statement) => !former.negated.includes(statement)).length,
  };
  const isWider = widening.added.length + widening.denialsRemoved + widening.negationsAdded > 0;
  return isWider ? widening : undefined;
}

function documentOf(policy: unknown): Document {
  const document = parsedJson(policy);
  const statements = (isObject(document) ? listOf(document.Statement) : []).filter(isObject);
  const isNegated = (statement: Readonly<Record<string, unknown>>) =>
    ["NotAction", "NotResource", "NotPrincipal"].some((key) => key in statement);
  const allowing = statements.filter(({ Effect }) => Effect === "Allow");
  const withoutSid = (statement: Readonly<Record<string, unknown>>) => canonical({ ...statement, Sid: undefined });
  return {
    allowed: allowing.filter((statement) => !isNegated(statement)).flatMap(permissionsOf),
    denied: statements.filter(({ Effect }) => Effect === "Deny").map(withoutSid),
    negated: allowing.filter(isNegated).map(withoutSid),
  };
}

function permissionsOf(statement: Readonly<Record<string, unknown>>): Permission[] {
  const conditions = isObject(statement.Condition) ? canonical(statement.Condition) : "";
  // A policy of a role has no principals, and one of a key or trust names no resource but its own.
  const resources = "Resource" in statement ? textsOf(statement.Resource) : [""];
  return principalsOf(statement.Principal).flatMap((principal) =>
    textsOf(statement.Action).flatMap((action) =>
      resources.map((resource) => ({ principal, action, resource, conditions })),
    ),
  );
}

function principalsOf(principal: unknown): readonly string[] {
  if (principal === undefined) return [""];
  if (!isObject(principal)) return textsOf(principal);
  return Object.values(principal).flatMap(textsOf);
}

function covers(one: Permission, other: Permission): boolean {
  return (
    (one.principal === "*" || one.principal === other.principal) &&
    (one.conditions === "" || one.conditions === other.conditions) &&
    matches(one.action.toLowerCase(), other.action.toLowerCase()) &&
    matches(one.resource, other.resource)
  );
}

/** Whether a pattern with * and ? matches a text, which may be a pattern itself. */
function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`).test(text);
}
