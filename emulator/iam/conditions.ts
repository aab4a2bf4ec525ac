import { BlockList, isIP } from "node:net";
import type { Condition } from "./policy-document";
import { arnLike, like, literal } from "./wildcard";

/** Values of condition keys in a request; the names of keys are in lower case. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** Makes a context of the keys that have values. */
export function contextOf(values: Readonly<Record<string, string | readonly string[] | undefined>>): Context {
  const present = Object.entries(values).flatMap(([key, value]): [string, readonly string[]][] =>
    value === undefined ? [] : [[key.toLowerCase(), typeof value === "string" ? [value] : value]],
  );
  return new Map(present);
}

type Comparison = (expected: string, actual: string) => boolean;

interface Operator {
  readonly matches: Comparison;
  /** Whether the condition is met when no value matches. */
  readonly negated: boolean;
  /** Whether policy variables are replaced in the values, and wildcards are matched. @default - neither */
  readonly text?: "variables" | "wildcards";
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
const operators: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    ...pair("StringEquals", "StringNotEquals", (expected, actual) => expected === actual, "variables"),
    ...pair(
      "StringEqualsIgnoreCase",
      "StringNotEqualsIgnoreCase",
      (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
      "variables",
    ),
    ...pair("StringLike", "StringNotLike", like, "wildcards"),
    ...pair("ArnEquals", "ArnNotEquals", arnLike, "wildcards"),
    ...pair("ArnLike", "ArnNotLike", arnLike, "wildcards"),
    ...ordered("Numeric", Number),
    ...ordered("Date", timeOf),
    ...pair("IpAddress", "NotIpAddress", inRange),
    Bool: {
      matches: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
      negated: false,
      text: "variables",
    },
    BinaryEquals: { matches: (expected, actual) => expected === actual, negated: false },
  } satisfies Record<string, Operator>),
);

/** Whether the operator exists, with its prefix and "IfExists". */
export function isConditionOperator(name: string): boolean {
  const { base, ifExists } = partsOf(name);
  return base === "Null" ? !ifExists : operators.has(base);
}

/** Whether the operator compares dates. */
export function isDateOperator(name: string): boolean {
  return partsOf(name).base.startsWith("Date");
}

/** Whether a condition is met; a condition with an unknown operator never is. */
export function isMet({ operator: name, key, values }: Condition, context: Context, version: string): boolean {
  const { set, base, ifExists } = partsOf(name);
  const actual = context.get(key.toLowerCase()) ?? [];
  if (base === "Null") return values.some((value) => (value.toLowerCase() === "true") === (actual.length === 0));
  const operator = operators.get(base);
  if (operator === undefined) return false;
  if (actual.length === 0) return ifExists || (set === undefined ? operator.negated : set === "ForAllValues");
  const expected = values.flatMap((value) => expand(value, operator, context, version));
  const meets = (each: string) => expected.some((value) => operator.matches(value, each)) !== operator.negated;
  // A negated operator holds for a single-valued key only if it holds for each value.
  const all = set === "ForAllValues" || (set === undefined && operator.negated);
  return all ? actual.every(meets) : actual.some(meets);
}

/**
 * The text with its policy variables replaced, or undefined if one has no value.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function replaceVariables(value: string, context: Context, version: string): string | undefined {
  if (version !== "2012-10-17") return value;
  const missing: string[] = [];
  const replaced = value.replace(/\$\{([^}]*)\}/g, (_, variable: string) => {
    if (["*", "?", "$"].includes(variable)) return literal(variable);
    const [, key = "", , byDefault] = /^([^,]*)(,\s*'(.*)')?$/.exec(variable) ?? [];
    const [found = byDefault] = context.get(key.trim().toLowerCase()) ?? [];
    if (found === undefined) missing.push(key);
    return literal(found ?? "");
  });
  return missing.length === 0 ? replaced : undefined;
}

function expand(value: string, { text }: Operator, context: Context, version: string): string[] {
  if (text === undefined) return [value];
  const expanded = replaceVariables(value, context, version);
  if (expanded === undefined) return [];
  return [text === "wildcards" ? expanded : expanded.replaceAll("\uE000", "*").replaceAll("\uE001", "?")];
}

function partsOf(name: string): { set?: string; base: string; ifExists: boolean } {
  const [, set, base = "", suffix] = /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  return { set, base, ifExists: suffix !== undefined };
}

function pair(
  name: string,
  negatedName: string,
  matches: Comparison,
  text?: Operator["text"],
): Record<string, Operator> {
  return { [name]: { matches, negated: false, text }, [negatedName]: { matches, negated: true, text } };
}

function ordered(type: string, read: (value: string) => number): Record<string, Operator> {
  const compare = (holds: (actual: number, expected: number) => boolean): Operator => ({
    matches: (expected, actual) => holds(read(actual), read(expected)),
    negated: false,
  });
  return {
    ...pair(`${type}Equals`, `${type}NotEquals`, (expected, actual) => read(actual) === read(expected)),
    [`${type}LessThan`]: compare((actual, expected) => actual < expected),
    [`${type}LessThanEquals`]: compare((actual, expected) => actual <= expected),
    [`${type}GreaterThan`]: compare((actual, expected) => actual > expected),
    [`${type}GreaterThanEquals`]: compare((actual, expected) => actual >= expected),
  };
}

// ISO 8601, or seconds since 1970.
function timeOf(value: string): number {
  return /^\d{5,}$/.test(value) ? Number(value) * 1000 : Date.parse(value);
}

function inRange(range: string, address: string): boolean {
  const [network = "", prefix] = range.split("/");
  const family = isIP(network) === 6 ? "ipv6" : "ipv4";
  if (isIP(network) === 0 || isIP(network) !== isIP(address)) return false;
  const ranges = new BlockList();
  ranges.addSubnet(network, prefix === undefined ? (family === "ipv6" ? 128 : 32) : Number(prefix), family);
  return ranges.check(address, family);
}
