import { partitionOf, type ModelledCall } from "./call";
import { ec2Arns } from "./ec2-ids";
import { allStrings, stringsAt } from "./input";
import { defaults, defaultsOfNew, members, type Source } from "./resource-members";
import { resourceTypesOf, type ResourceType } from "./resource-types";

/** The resources of an action in a call. */
export interface Resources {
  /** What the action must be allowed on; "*" for an action without resource-level permissions. */
  readonly arns: readonly string[];
  /** By type, as far as the input names them. */
  readonly byType: ReadonlyMap<ResourceType, readonly string[]>;
}

/** Operations that create a resource; its ARN is not known yet, so that IAM evaluates it with "*" for the id. */
const creating = /^(Allocate|Create|Import|Register|Request|Restore|Run)/;

/**
 * The resources of an action, from AWS's list of resource types and the input: ARNs as they are, and ARNs filled from
 * members with names and ids.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 *
 * @param known ARNs that the call refers to by other names
 */
export async function resourcesOf(
  action: string,
  call: ModelledCall,
  known: readonly string[] = [],
): Promise<Resources> {
  const types = await resourceTypesOf(action);
  const prefix = action.slice(0, action.indexOf(":"));
  const arns = [...known, ...allStrings(call.input).filter((each) => /^arn:[^\s{}"]+$/.test(each))];
  if (prefix === "ec2") arns.push(...ec2Arns(call));
  if (types === undefined) {
    const own = arns.filter((arn) => arn.split(":")[2] === prefix);
    return { arns: own.length > 0 ? own : ["*"], byType: new Map() };
  }
  if (types.length === 0) return { arns: ["*"], byType: new Map() };
  const byType = found(types, arns, prefix, call);
  const missing = types.filter(
    (type) => type.required && ![...byType.keys()].some((each) => kindOf(each) === kindOf(type)),
  );
  const named = [...byType.values()].flat();
  if (named.length > 0 && !creating.test(call.operation)) return { arns: unique(named), byType };
  if (named.length > 0)
    return { arns: unique([...named, ...missing.flatMap((type) => filled(type, prefix, call))]), byType };
  const own = arns.filter((arn) => arn.split(":")[2] === prefix);
  if (own.length > 0) return { arns: unique(own), byType };
  const fallback = missing.length > 0 ? missing : [bestType(types, call.operation) ?? []].flat();
  if (fallback.length === 0) return { arns: types.slice(0, 1).map((type) => anything(type, call)), byType };
  return { arns: unique(fallback.flatMap((type) => filled(type, prefix, call))), byType };
}

/** The ARNs of a type as far as the input gives its variables; those that it does not give are "*". */
export function filled(type: ResourceType, prefix: string, call: ModelledCall): string[] {
  return fill(type, prefix, call, "*").map((arn) => withoutAccount(arn, prefix));
}

/** The type whose name an operation ends with, such as "usergroup" for CreateUserGroup. */
export function endedWith(types: readonly ResourceType[], operation: string): ResourceType | undefined {
  const name = operation.replace(/From.*$/, "").toLowerCase();
  return types
    .filter((type) => name.endsWith(plain(type.name)))
    .sort((one, other) => other.name.length - one.name.length)[0];
}

/** The type that an operation is about: the one in its name, or the only one. */
export function bestType(types: readonly ResourceType[], operation: string): ResourceType | undefined {
  const name = operation.toLowerCase();
  // Short names such as "es" are contained by chance.
  const contained = types.find((type) => type.name.length > 3 && name.includes(plain(type.name)));
  return endedWith(types, operation) ?? contained ?? (types.length === 1 ? types[0] : undefined);
}

function found(types: readonly ResourceType[], arns: readonly string[], prefix: string, call: ModelledCall) {
  const byType = new Map<ResourceType, readonly string[]>();
  for (const type of types) {
    const own = arns.filter((arn) => type.pattern.test(arn));
    if (own.length > 0) byType.set(type, own);
  }
  const ofRequired = new Set(types.filter((type) => type.required).flatMap((type) => type.variables));
  for (const type of types) {
    // An optional type whose variables are those of a required one would be named by the same members.
    const isOwn = type.required || type.variables.some((variable) => !ofRequired.has(variable));
    if (byType.has(type) || !isOwn) continue;
    const named = fill(type, prefix, call).map((arn) => withoutAccount(arn, prefix));
    if (named.length > 0) byType.set(type, named);
  }
  // Of "rule/${RuleName}" and "rule/${EventBusName}/${RuleName}", the one with more values is meant.
  for (const type of [...byType.keys()]) {
    const richer = [...byType.keys()].some(
      (other) => start(other) === start(type) && other.variables.length > type.variables.length,
    );
    if (richer) byType.delete(type);
  }
  return byType;
}

/** With `otherwise`, variables that the input does not give have that value; else there is no ARN without them. */
function fill({ template, variables }: ResourceType, prefix: string, call: ModelledCall, otherwise?: string): string[] {
  const ofNew = creating.test(call.operation) ? defaultsOfNew[prefix] : undefined;
  let arns = [placed(template, call)];
  let named = 0;
  for (const variable of variables) {
    const sources = members[prefix]?.[variable] ?? memberNames(variable);
    const values = sources.flatMap((source) => valuesAt(source, call)).filter((value) => !value.startsWith("arn:"));
    const byDefault =
      defaults[prefix]?.[variable] ?? (otherwise === undefined ? undefined : ofNew?.[variable]) ?? otherwise;
    named += values.length;
    const all = values.length > 0 ? unique(values) : [byDefault ?? []].flat();
    arns = arns.flatMap((arn) => all.map((value) => arn.replaceAll(`\${${variable}}`, value)));
  }
  return named > 0 || otherwise !== undefined ? arns : [];
}

function memberNames(variable: string): string[] {
  const camel = variable.charAt(0).toLowerCase() + variable.slice(1);
  return [variable, `${variable}s`, camel, `${camel}s`];
}

function valuesAt(source: Source, { input }: ModelledCall): readonly string[] {
  return typeof source === "string" ? stringsAt(input, source) : source(input);
}

// AWS's public parameters belong to no account:
// https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
function withoutAccount(arn: string, prefix: string): string {
  return prefix === "ssm" ? arn.replace(/:\d{12}:(parameter\/aws\/)/, "::$1") : arn;
}

function anything({ template }: ResourceType, call: ModelledCall): string {
  return [...placed(template, call).split(":").slice(0, 5), "*"].join(":");
}

// "loadbalancer/app/" and "loadbalancer/net/" are one kind, of which a request has one.
function kindOf({ name }: ResourceType): string {
  return name.split("/")[0] ?? name;
}

// The ARN up to its first variable after the account.
function start({ template, variables: [first = ""] }: ResourceType): string {
  return template.split(`\${${first}}`)[0] ?? template;
}

function placed(template: string, { region, account }: ModelledCall): string {
  return template
    .replace("${Partition}", partitionOf(region))
    .replace("${Region}", region)
    .replace("${Account}", account);
}

function plain(name: string): string {
  return name.replace(/[^a-z]/gi, "").toLowerCase();
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
