import { isIP } from "node:net";
import { list, text, type JsonObject, type JsonValue } from "../../wire/json";
import { isObject } from "../values";

/** What EventBridge says against an event pattern, or undefined. */
export function patternProblem(pattern: JsonValue): string | undefined {
  if (!isObject(pattern)) return "Filter is not an object";
  return objectProblem(pattern);
}

type Problem = string | undefined;

function objectProblem(fields: JsonObject): Problem {
  if (Object.keys(fields).length === 0) return "Empty objects are not allowed";
  return first(Object.entries(fields), ([name, value]) => {
    if (name === "$or" && isAlternative(value)) return first(value.filter(isObject), objectProblem);
    if (isObject(value)) return objectProblem(value);
    if (!Array.isArray(value)) return `"${name}" must be an object or an array`;
    return valuesProblem(list(value));
  });
}

/** `$or` is an operator with two objects or more, unless they are match expressions of a field of this name. */
function isAlternative(value: JsonValue): value is readonly JsonValue[] {
  const items = list(value);
  return items.length > 1 && items.every((item) => isObject(item) && !Object.keys(item).some((key) => key in matchers));
}

function valuesProblem(values: readonly JsonValue[]): Problem {
  if (values.length === 0) return "Empty arrays are not allowed";
  return first(values, (value) => {
    if (isObject(value)) return expressionProblem(value);
    return Array.isArray(value) ? "Match value must be String, number, true, false, or null" : undefined;
  });
}

function expressionProblem(expression: JsonObject): Problem {
  const [entry, ...more] = Object.entries(expression);
  if (!entry) return "Match expression name not found";
  const [name, value] = entry;
  const matcher = matchers[name];
  if (!matcher) return `Unrecognized match type ${name}`;
  return matcher(value) ?? (more.length > 0 ? "Only one key allowed in match expression" : undefined);
}

type Matcher = (value: JsonValue) => Problem;

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
const matchers: Readonly<Record<string, Matcher | undefined>> = {
  exactly: (value) => stringProblem(value, "exact"),
  prefix: (value) => stringOrIgnoredCase(value, "prefix"),
  suffix: (value) => stringOrIgnoredCase(value, "suffix"),
  "equals-ignore-case": (value) => stringProblem(value, "equals-ignore-case"),
  wildcard: (value) => stringProblem(value, "wildcard") ?? wildcardProblem(text(value)),
  exists: (value) => (typeof value === "boolean" ? undefined : "exists match pattern must be either true or false."),
  cidr: cidrProblem,
  numeric: numericProblem,
  "anything-but": anythingButProblem,
};

function stringProblem(value: JsonValue, name: string): Problem {
  return typeof value === "string" ? undefined : `${name} match pattern must be a string`;
}

function stringOrIgnoredCase(value: JsonValue, name: string): Problem {
  return isObject(value) && Object.keys(value).join() === "equals-ignore-case"
    ? stringProblem(value["equals-ignore-case"], "equals-ignore-case")
    : stringProblem(value, name);
}

function wildcardProblem(pattern: string): Problem {
  const escape = /^(?:[^\\]|\\[\\*])*\\(?![\\*])/.exec(pattern);
  if (escape) return `Invalid escape character at pos ${escape[0].length}`;
  const consecutive = pattern.replace(/\\[\\*]/g, "..").indexOf("**");
  return consecutive === -1 ? undefined : `Consecutive wildcard characters at pos ${consecutive + 1}`;
}

function cidrProblem(value: JsonValue): Problem {
  if (typeof value !== "string") return "cidr match pattern must be a string";
  const [address = "", bits, ...more] = value.split("/");
  if (bits === undefined || more.length > 0) return "Malformed CIDR, one '/' required";
  const version = isIP(address);
  if (version === 0) return `Nonstandard IP address: ${address}`;
  const valid = /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
  return valid ? undefined : "Malformed CIDR, mask bits must be an integer";
}

function numericProblem(value: JsonValue): Problem {
  if (!Array.isArray(value)) return "Value of numeric must be an array.";
  const terms = list(value);
  const [operator, bound, second, top] = terms;
  if (typeof operator !== "string") return "Invalid member in numeric match";
  if (!["=", ">", ">=", "<", "<="].includes(operator)) return `Unrecognized numeric range operator: ${operator}`;
  if (typeof bound !== "number") return `Value of ${operator === "=" ? "equals" : operator} must be numeric`;
  if (Math.abs(bound) > 5e9) return "Value must be between -5.0E9 and 5.0E9, inclusive";
  if (terms.length === 2) return undefined;
  if (!operator.startsWith(">")) return "Too many elements in numeric expression";
  if (second !== "<" && second !== "<=") return `Bad numeric range operator: ${JSON.stringify(second)}`;
  if (typeof top !== "number") return `Value of ${second} must be numeric`;
  if (terms.length > 4) return "Too many terms in numeric range expression";
  return bound >= top ? "Bottom must be less than top" : undefined;
}

function anythingButProblem(value: JsonValue): Problem {
  if (isObject(value)) {
    const [entry, ...more] = Object.entries(value);
    if (!entry) return "Anything-But expression name not found";
    const [name, excluded] = entry;
    if (!["prefix", "suffix", "wildcard", "equals-ignore-case"].includes(name)) {
      return `Unsupported anything-but pattern: ${name}`;
    }
    if (more.length > 0) return "Only one key allowed in match expression";
    const strings = Array.isArray(excluded) ? list(excluded) : [excluded];
    if (strings.length === 0 || !strings.every((item) => typeof item === "string")) {
      return `Inside anything-but/${name} list, only strings are supported.`;
    }
    return name !== "equals-ignore-case" && strings.includes("") ? "Null prefix/suffix not allowed" : undefined;
  }
  if (!Array.isArray(value)) {
    return typeof value === "string" || typeof value === "number"
      ? undefined
      : "Value of anything-but must be an array or single string/number value.";
  }
  const types = new Set(list(value).map((item) => typeof item));
  if (types.size > 0 && [...types].some((type) => type !== "string" && type !== "number")) {
    return "Inside anything but list, start|null|boolean is not supported.";
  }
  return types.size === 1
    ? undefined
    : "Inside anything but list, either all values are number or string, mixed type is not supported";
}

function first<Item>(items: readonly Item[], problemOf: (item: Item) => Problem): Problem {
  for (const item of items) {
    const problem = problemOf(item);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
