import { list, object, text, type JsonObject, type JsonValue } from "../wire/json";
import { isConditionOperator, isDateOperator } from "./conditions";
import { duplicateKey } from "./duplicate-key";
import { many } from "./policy-document";
import { resourceProblem } from "./policy-resources";
import { principalProblem } from "./principals";
import { like } from "./wildcard";

/**
 * Where a policy is attached: it decides which elements the policy must have and must not have. The resource of a policy
 * of kind "unscoped" is what it is attached to; one of kind "session" is passed when a role is assumed.
 */
export type PolicyKind = "identity" | "session" | "trust" | "resource" | "unscoped";

const topElements = new Set(["Version", "Id", "Statement"]);
const statementElements = new Set([
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"],
]);
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html and list_awssecuritytokenservice.html */
const trustActions = new Set([
  "sts:assumerole",
  "sts:assumerolewithsaml",
  "sts:assumerolewithwebidentity",
  "sts:setcontext",
  "sts:setsourceidentity",
  "sts:tagsession",
]);

const syntax = "Syntax errors in policy.";
const legacy = "The policy failed legacy parsing";

/**
 * What IAM finds wrong with a policy document, in IAM's words: undefined for a valid one. The checks have IAM's order.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export async function policyProblem(document: string, kind: PolicyKind): Promise<string | undefined> {
  const policy = readPolicy(document);
  if (policy === undefined) return syntax;
  const statements = many(policy.Statement).map(object);
  if (!hasSyntax(policy, statements, kind)) return syntax;
  // IAM still takes trust policies of the first version, which public modules have.
  if (kind === "identity" && policy.Version !== "2012-10-17")
    return "Policy document must be version 2012-10-17 or greater.";
  if (!statements.every(parses)) return legacy;
  return (
    sidProblem(statements, kind) ??
    first(statements, actionProblem) ??
    first(statements, resourceProblem) ??
    first(statements, kindProblems[kind]) ??
    (grantsToHolder(kind) ? undefined : await firstPrincipalProblem(statements))
  );
}

/** The object of a JSON text, or undefined if the text is invalid or repeats a key, which the grammar forbids. */
function readPolicy(document: string): JsonObject | undefined {
  try {
    // JSON.parse is untyped, and a JsonValue is exactly what it can return.
    const value = JSON.parse(document) as JsonValue;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && duplicateKey(document) === undefined ? object(value) : undefined;
  } catch {
    return undefined;
  }
}

function hasSyntax(policy: JsonObject, statements: readonly JsonObject[], kind: PolicyKind): boolean {
  const { Version: version, Id: id, Statement: statement } = policy;
  return (
    Object.keys(policy).every((key) => topElements.has(key)) &&
    (version === undefined || version === "2012-10-17" || version === "2008-10-17") &&
    (id === undefined || (typeof id === "string" && kind !== "identity")) &&
    many(statement).length > 0 &&
    many(statement).every((each) => typeof each === "object" && each !== null && !Array.isArray(each)) &&
    statements.every(isStatement)
  );
}

function isStatement(statement: JsonObject): boolean {
  const { Effect: effect, Sid: sid, Condition: condition } = statement;
  return (
    Object.keys(statement).every((key) => statementElements.has(key)) &&
    ["Action", "Resource", "Principal"].every((name) => !(name in statement && `Not${name}` in statement)) &&
    typeof effect === "string" &&
    ["allow", "deny"].includes(effect.toLowerCase()) &&
    (sid === undefined || typeof sid === "string") &&
    ["Action", "NotAction", "Resource", "NotResource"].every((name) => isTexts(statement[name])) &&
    (condition === undefined || isCondition(condition))
  );
}

function isTexts(value: JsonValue): boolean {
  return many(value).every((each) => typeof each === "string");
}

function isCondition(condition: JsonValue): boolean {
  const scalar = (value: JsonValue) => ["string", "number", "boolean"].includes(typeof value);
  return (
    typeof condition === "object" &&
    condition !== null &&
    !Array.isArray(condition) &&
    Object.entries(object(condition)).every(
      ([operator, keys]) =>
        (isConditionOperator(operator) || Object.keys(object(keys)).length === 0) &&
        typeof keys === "object" &&
        Object.values(object(keys)).every((values) => many(values).every(scalar)),
    )
  );
}

/** What an older parser of IAM refuses beyond the syntax. */
function parses({
  Effect: effect,
  Condition: condition,
  Resource: resource,
  NotResource: notResource,
}: JsonObject): boolean {
  const dates = Object.entries(object(condition))
    .filter(([operator]) => isDateOperator(operator))
    .flatMap(([, keys]) => Object.values(object(keys)).flatMap((values) => many(values)))
    .map((date) => (typeof date === "string" ? date : JSON.stringify(date)));
  const arns = [...many(resource), ...many(notResource)].map(text);
  return (
    (effect === "Allow" || effect === "Deny") &&
    dates.every((date) => /^\d+$/.test(date) || !Number.isNaN(Date.parse(date))) &&
    arns.every((arn) => !arn.includes("::") || arn.split(":").length > 5)
  );
}

function sidProblem(statements: readonly JsonObject[], kind: PolicyKind): string | undefined {
  const sids = statements.map(({ Sid: sid }) => text(sid)).filter((sid) => sid !== "");
  if (new Set(sids).size < sids.length) return "Statement IDs (SID) in a single policy must be unique.";
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
  const odd = isOfIam(kind) ? sids.find((sid) => !/^[0-9A-Za-z]*$/.test(sid)) : undefined;
  return (
    odd &&
    `Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*`
  );
}

function actionProblem(statement: JsonObject): string | undefined {
  const actions = [...many(statement.Action), ...many(statement.NotAction)].map(text);
  if (actions.length === 0) return "Policy statement must contain actions.";
  for (const action of actions) {
    if (action === "*") continue;
    const [vendor = "", ...rest] = action.split(":");
    if (rest.length === 0) return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
    if (rest.length > 1) return "Actions/Condition can contain only one colon.";
    if (!/^[a-zA-Z0-9\-.]+$/.test(vendor)) return `Vendor ${vendor} is not valid`;
  }
  return undefined;
}

const ofHolder = (statement: JsonObject): string | undefined => {
  if (hasPrincipal(statement)) return "Policy document should not specify a principal.";
  return hasResource(statement) ? undefined : "Policy statement must contain resources.";
};

const kindProblems: Readonly<Record<PolicyKind, (statement: JsonObject) => string | undefined>> = {
  identity: ofHolder,
  session: ofHolder,
  trust: (statement) => {
    if ("Resource" in statement || "NotResource" in statement) return "Has prohibited field Resource";
    const actions = many(statement.Action).map((action) => text(action).toLowerCase());
    if (actions.length === 0 || !actions.every(isTrustAction)) {
      return "AssumeRole policy may only specify STS AssumeRole actions.";
    }
    return hasPrincipal(statement) ? undefined : "Missing required field Principal";
  },
  resource: (statement) => {
    if (!hasPrincipal(statement)) return "Missing required field Principal";
    return hasResource(statement) ? undefined : "Missing required field Resource";
  },
  unscoped: (statement) => (hasPrincipal(statement) ? undefined : "Missing required field Principal"),
};

// Wildcards such as "sts:AssumeRole*" are allowed: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
function isTrustAction(action: string): boolean {
  return action.startsWith("sts:") && [...trustActions].some((each) => like(action, each));
}

function grantsToHolder(kind: PolicyKind): boolean {
  return kind === "identity" || kind === "session";
}

function isOfIam(kind: PolicyKind): boolean {
  return kind === "identity" || kind === "trust";
}

function hasPrincipal(statement: JsonObject): boolean {
  return "Principal" in statement || "NotPrincipal" in statement;
}

function hasResource({ Resource: resource, NotResource: notResource }: JsonObject): boolean {
  return [...list(many(resource)), ...many(notResource)].length > 0;
}

async function firstPrincipalProblem(statements: readonly JsonObject[]): Promise<string | undefined> {
  for (const statement of statements) {
    const problem = await principalProblem(statement);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function first<Item>(items: readonly Item[], find: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = find(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
