import { list, object, parseJson, text, type JsonObject, type JsonValue } from "../wire/json";

/** A parsed policy document. */
export interface PolicyDocument {
  /** Policy variables are replaced in version "2012-10-17" only. */
  readonly version: string;
  readonly statements: readonly Statement[];
}

/** A statement; of each pair, such as actions and notActions, it has at most one. */
export interface Statement {
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  /** In lower case: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
  readonly actions?: readonly string[];
  /** In lower case. */
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: Principals;
  readonly notPrincipals?: Principals;
  readonly conditions: readonly Condition[];
}

/** Principals by type: "AWS", "Service", "Federated" or "CanonicalUser"; `"Principal": "*"` is one of type "AWS". */
export type Principals = Readonly<Record<string, readonly string[]>>;

/** One condition key of a statement, compared with values by an operator. */
export interface Condition {
  /** As written, with "ForAnyValue:", "ForAllValues:" and "IfExists". */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Parses a policy document that IAM has accepted. */
export function parsePolicy(document: string): PolicyDocument {
  const policy = parseJson(document);
  return {
    version: text(policy.Version) || "2008-10-17",
    statements: many(policy.Statement).map((statement) => statementOf(object(statement))),
  };
}

/** The value as a list: a policy may leave out the brackets of a list with one value. */
export function many(value: JsonValue): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? list(value) : [value];
}

/** The values of a principal element by type. */
export function principalsOf(value: JsonValue): Principals {
  if (value === "*") return { AWS: ["*"] };
  return Object.fromEntries(Object.entries(object(value)).map(([type, ids]) => [type, strings(ids)]));
}

function statementOf(statement: JsonObject): Statement {
  const optional = (name: string) => (statement[name] === undefined ? undefined : strings(statement[name]));
  const principals = (name: string) => (statement[name] === undefined ? undefined : principalsOf(statement[name]));
  return {
    sid: text(statement.Sid) || undefined,
    effect: statement.Effect === "Deny" ? "Deny" : "Allow",
    actions: optional("Action")?.map((action) => action.toLowerCase()),
    notActions: optional("NotAction")?.map((action) => action.toLowerCase()),
    resources: optional("Resource"),
    notResources: optional("NotResource"),
    principals: principals("Principal"),
    notPrincipals: principals("NotPrincipal"),
    conditions: Object.entries(object(statement.Condition)).flatMap(([operator, keys]) =>
      Object.entries(object(keys)).map(([key, values]) => ({ operator, key, values: strings(values) })),
    ),
  };
}

// Numbers and booleans may be written without quotation marks.
function strings(value: JsonValue): string[] {
  return many(value).map((each) => (typeof each === "string" ? each : JSON.stringify(each)));
}
