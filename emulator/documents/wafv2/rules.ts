import { list, object, objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import { firstDuplicate, firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { isObject, isSet, numberOf } from "../values";
import { invalid, regexProblem } from "./sets";

/** The rules of a web ACL or rule group. */
export const webAclRules: DocumentCheck = {
  service: "wafv2",
  operations: ["CreateWebACL", "UpdateWebACL", "CreateRuleGroup", "UpdateRuleGroup"],
  source: "https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html",
  check: (input) => {
    const rules = objects(input.Rules);
    return (
      unique(rules) ??
      rules.map((rule) => firstRefusal([action, statement], rule)).find((refusal) => refusal !== undefined) ??
      responses(input, rules)
    );
  },
};

/** What a web ACL does with requests that no rule decides on. */
export const defaultActions: DocumentCheck = {
  service: "wafv2",
  operations: ["CreateWebACL", "UpdateWebACL"],
  source: "https://docs.aws.amazon.com/waf/latest/APIReference/API_DefaultAction.html",
  check: ({ DefaultAction }) =>
    set(DefaultAction).length === 1 ? undefined : notOne("DEFAULT_ACTION", "DefaultAction"),
};

/** Where a web ACL logs to. */
export const webAclLogging: DocumentCheck = {
  service: "wafv2",
  operations: ["PutLoggingConfiguration"],
  source: "https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html",
  check: ({ LoggingConfiguration }) => {
    const destinations = list(object(LoggingConfiguration).LogDestinationConfigs).map(text);
    const wrong = destinations.find((arn) => !destination.test(arn));
    return wrong === undefined
      ? undefined
      : invalid(
          "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes.",
          "LOG_DESTINATION",
          wrong,
        );
  },
};

const destination =
  /^arn:[\w-]+:(logs:[\w-]+:\d{12}:log-group:aws-waf-logs-|firehose:[\w-]+:\d{12}:deliverystream\/aws-waf-logs-|s3:::aws-waf-logs-)./;

const groups = ["ManagedRuleGroupStatement", "RuleGroupReferenceStatement"];

function notOne(field: string, parameter: string): Refusal {
  return invalid(
    "You have used none or multiple values for a field that requires exactly one value.",
    field,
    parameter,
  );
}

/** The members of an object that have a value. */
function set(value: JsonValue): readonly string[] {
  return Object.entries(object(value))
    .filter(([, member]) => isSet(member))
    .map(([name]) => name);
}

function unique(rules: readonly JsonObject[]): Refusal | undefined {
  const priority = firstDuplicate(rules.map(({ Priority }) => numberOf(Priority)));
  if (priority !== undefined) {
    return invalid("You have used the same priority for more than one rule.", "RULE", String(priority));
  }
  const name = firstDuplicate(rules.map(({ Name }) => text(Name)));
  return name === undefined ? undefined : invalid("You have used the same name for more than one rule.", "RULE", name);
}

/** A rule group brings its actions, which a rule can override; any other statement needs one. */
function action({ Statement, Action, OverrideAction }: JsonObject): Refusal | undefined {
  const isGroup = set(Statement).some((name) => groups.includes(name));
  const isRight = isGroup ? isSet(OverrideAction) && !isSet(Action) : isSet(Action) && !isSet(OverrideAction);
  if (!isRight) return notOne("RULE", "Rule");
  if (isGroup) return set(OverrideAction).length === 1 ? undefined : notOne("OVERRIDE_ACTION", "OverrideAction");
  return set(Action).length === 1 ? undefined : notOne("RULE_ACTION", "RuleAction");
}

function statement({ Statement }: JsonObject): Refusal | undefined {
  return statementProblem(Statement) ?? nestingProblem(Statement);
}

/** A rate-based statement and a rule group are a rule of their own. */
function nestingProblem(value: JsonValue, isNested = false): Refusal | undefined {
  const [name = ""] = set(value);
  if (isNested && (groups.includes(name) || name === "RateBasedStatement")) {
    return invalid("Your statement can't be nested inside another statement.", "STATEMENT", name);
  }
  const inner = object(object(value)[name]);
  return [...objects(inner.Statements), inner.Statement, inner.ScopeDownStatement]
    .filter(isObject)
    .map((each) => nestingProblem(each, true))
    .find((refusal) => refusal !== undefined);
}

function statementProblem(value: JsonValue): Refusal | undefined {
  const [name = "", ...more] = set(value);
  if (name === "" || more.length > 0) return notOne("STATEMENT", "Statement");
  const inner = object(object(value)[name]);
  if (isObject(inner.FieldToMatch) && set(inner.FieldToMatch).length !== 1) {
    return notOne("FIELD_TO_MATCH", "FieldToMatch");
  }
  const nested = objects(inner.Statements);
  if ((name === "AndStatement" || name === "OrStatement") && nested.length < 2) {
    return invalid(
      "Your statement must have at least two nested statements.",
      name === "AndStatement" ? "AND_STATEMENT" : "OR_STATEMENT",
      name,
    );
  }
  const single = [inner.Statement, inner.ScopeDownStatement].filter(isObject);
  return (
    (name === "RegexMatchStatement" ? regexProblem(text(inner.RegexString)) : undefined) ??
    transformations(inner) ??
    (name === "RateBasedStatement" ? rateProblem(inner) : undefined) ??
    [...nested, ...single].map(statementProblem).find((refusal) => refusal !== undefined)
  );
}

// https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html
function rateProblem(input: JsonObject): Refusal | undefined {
  const { AggregateKeyType, ForwardedIPConfig, CustomKeys, ScopeDownStatement, EvaluationWindowSec } = input;
  const seconds = numberOf(EvaluationWindowSec);
  if (seconds !== undefined && ![60, 120, 300, 600].includes(seconds)) {
    return invalid("The evaluation window must be 60, 120, 300 or 600 seconds.", "RATE_BASED_STATEMENT", `${seconds}`);
  }
  const needed = {
    FORWARDED_IP: ForwardedIPConfig,
    CUSTOM_KEYS: CustomKeys,
    CONSTANT: ScopeDownStatement,
  };
  const missing = Object.entries(needed).find(([type, value]) => type === AggregateKeyType && !isSet(value));
  return (
    missing &&
    invalid("You are missing a required value for the aggregate key type.", "RATE_BASED_STATEMENT", missing[0])
  );
}

/** Text transformations run by their priorities, which differ. */
function transformations({ TextTransformations }: JsonObject): Refusal | undefined {
  const twice = firstDuplicate(objects(TextTransformations).map(({ Priority }) => numberOf(Priority)));
  return twice === undefined
    ? undefined
    : invalid(
        "You have used the same priority for more than one text transformation.",
        "TEXT_TRANSFORMATION",
        `${twice}`,
      );
}

function responses({ CustomResponseBodies }: JsonObject, rules: readonly JsonObject[]): Refusal | undefined {
  const bodies = Object.keys(object(CustomResponseBodies));
  const unknown = rules
    .map(({ Action }) => text(object(object(object(Action).Block).CustomResponse).CustomResponseBodyKey))
    .find((key) => key !== "" && !bodies.includes(key));
  return unknown === undefined
    ? undefined
    : invalid("The custom response body key doesn't exist.", "CUSTOM_RESPONSE", unknown);
}
