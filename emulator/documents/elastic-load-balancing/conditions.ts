import { list, object, objects, text, type JsonObject } from "../../wire/json";
import { firstDuplicate, firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isSet } from "../values";
import { validationError } from "./load-balancers";

type Conditions = readonly JsonObject[];

/** Conditions of a rule. */
export const conditions: DocumentCheck = {
  service: "elasticloadbalancing",
  operations: ["CreateRule", "ModifyRule"],
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RuleCondition.html",
  check: ({ Conditions: all }) =>
    isSet(all) ? firstRefusal([present, once, values, paths, hosts, headers, sources], objects(all)) : undefined,
};

const singleFields = ["host-header", "http-request-method", "path-pattern", "source-ip"];

function present(all: Conditions): Refusal | undefined {
  return all.length === 0 ? validationError("A condition must be specified") : undefined;
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
function once(all: Conditions): Refusal | undefined {
  const field = firstDuplicate(all.map(({ Field }) => text(Field)).filter((name) => singleFields.includes(name)));
  return field === undefined
    ? undefined
    : validationError(`A rule can have only one condition of the field '${field}'`);
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
function values(all: Conditions): Refusal | undefined {
  return all.flatMap(valuesOf).length > 5 ? validationError("A rule can have at most 5 condition values") : undefined;
}

function paths(all: Conditions): Refusal | undefined {
  const wrong = textsOf(all, "path-pattern").find((value) => !/^[\w.$/~"'@:+&*?-]+$/.test(value));
  return wrong === undefined
    ? undefined
    : validationError(`The path pattern '${wrong}' has characters that are not valid`);
}

function hosts(all: Conditions): Refusal | undefined {
  const wrong = textsOf(all, "host-header").find((value) => /[\s/,;:#@]/.test(value));
  return wrong === undefined
    ? undefined
    : validationError(`The host name '${wrong}' has characters that are not valid`);
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HttpHeaderConditionConfig.html
function headers(all: Conditions): Refusal | undefined {
  const names = all
    .filter(({ Field }) => Field === "http-header")
    .map(({ HttpHeaderConfig }) => text(object(HttpHeaderConfig).HttpHeaderName));
  if (names.includes("")) return validationError("The name of an HTTP header must be specified");
  return names.some((name) => name.toLowerCase() === "host")
    ? validationError("The host header cannot be specified in a condition of the field 'http-header'")
    : undefined;
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SourceIpConditionConfig.html
function sources(all: Conditions): Refusal | undefined {
  const wrong = textsOf(all, "source-ip").find((value) => !/^[\da-fA-F.:]+\/\d{1,3}$/.test(value));
  return wrong === undefined ? undefined : validationError(`The source IP '${wrong}' must be in CIDR format`);
}

function textsOf(all: Conditions, field: string): readonly string[] {
  return all
    .filter(({ Field }) => Field === field)
    .flatMap(valuesOf)
    .filter((value) => typeof value === "string");
}

/** The values of a condition, which are in its configuration or beside it. */
function valuesOf(condition: JsonObject): readonly JsonObject[string][] {
  const configured = Object.entries(condition)
    .filter(([name]) => name.endsWith("Config"))
    .flatMap(([, configuration]) => list(object(configuration).Values));
  return configured.length > 0 ? configured : list(condition.Values);
}
