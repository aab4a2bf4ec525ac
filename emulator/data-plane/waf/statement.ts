import type { Scope } from "../../models/aws";
import { list, object, objects, text, type JsonObject } from "../../wire/json";
import { isInCidrs } from "../load-balancer/conditions";
import type { DataRequest } from "../message";
import type { Reader } from "../reader";
import { inspectedField } from "./field";

/** What a statement is evaluated with. */
export interface StatementContext {
  readonly reader: Reader;
  readonly scope: Scope;
  readonly request: DataRequest;
  /** Counts a request of an aggregation key; the result is the number in the window. */
  readonly count: (key: string, windowSeconds: number) => number;
}

/**
 * Whether a request matches the statement of a rule; undefined when the emulator does not evaluate it.
 *
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html
 */
export async function matches(statement: JsonObject, context: StatementContext): Promise<boolean | undefined> {
  const type = Object.keys(statement).find((name) => statement[name] != null) ?? "";
  const content = object(statement[type]);
  switch (type) {
    case "AndStatement":
      return all(await Promise.all(objects(content.Statements).map((each) => matches(each, context))));
    case "OrStatement":
      return negated(
        all((await Promise.all(objects(content.Statements).map((each) => matches(each, context)))).map(negated)),
      );
    case "NotStatement":
      return negated(await matches(object(content.Statement), context));
    case "IPSetReferenceStatement":
      return content.IPSetForwardedIPConfig == null ? inIpSet(text(content.ARN), context) : undefined;
    case "RateBasedStatement":
      return isAboveRate(content, context);
    case "SizeConstraintStatement":
      return field(content, context, (found) =>
        compares(found.length, text(content.ComparisonOperator), Number(content.Size)),
      );
    case "ByteMatchStatement":
      return field(content, context, (found) => hasBytes(found, content));
    case "RegexMatchStatement":
      return field(content, context, (found) => new RegExp(text(content.RegexString)).test(found));
    default:
      return undefined;
  }
}

function all(results: readonly (boolean | undefined)[]): boolean | undefined {
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

function negated(result: boolean | undefined): boolean | undefined {
  return result === undefined ? undefined : !result;
}

function field(
  statement: JsonObject,
  { request }: StatementContext,
  test: (found: string) => boolean,
): boolean | undefined {
  const found = inspectedField(statement, request);
  return found === undefined ? undefined : found !== null && test(found);
}

async function inIpSet(arn: string, { reader, scope, request }: StatementContext): Promise<boolean | undefined> {
  const [, kind = "", , Name, Id] = /^[^/]*:(\w+)\/(ipset)\/([^/]+)\/([^/]+)$/.exec(arn) ?? [];
  const Scope = kind === "global" ? "CLOUDFRONT" : "REGIONAL";
  const { IPSet } = await reader.ask(scope, "wafv2", "GetIPSet", { Name, Id, Scope });
  return IPSet === undefined ? undefined : isInCidrs(request.sourceIp, list(object(IPSet).Addresses).map(text));
}

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
async function isAboveRate(statement: JsonObject, context: StatementContext): Promise<boolean | undefined> {
  const { AggregateKeyType, Limit, EvaluationWindowSec, ScopeDownStatement } = statement;
  if (AggregateKeyType !== "IP" && AggregateKeyType !== "CONSTANT") return undefined;
  const isCounted = ScopeDownStatement == null ? true : await matches(object(ScopeDownStatement), context);
  if (!isCounted) return isCounted;
  const key = AggregateKeyType === "IP" ? context.request.sourceIp : "";
  return context.count(key, Number(EvaluationWindowSec ?? 300)) > Number(Limit);
}

function compares(size: number, operator: string, limit: number): boolean {
  const results: Readonly<Record<string, boolean>> = {
    EQ: size === limit,
    NE: size !== limit,
    LE: size <= limit,
    LT: size < limit,
    GE: size >= limit,
    GT: size > limit,
  };
  return results[operator] ?? false;
}

function hasBytes(found: string, { SearchString, PositionalConstraint }: JsonObject): boolean {
  const search = Buffer.from(text(SearchString), "base64").toString("latin1");
  switch (text(PositionalConstraint)) {
    case "EXACTLY":
      return found === search;
    case "STARTS_WITH":
      return found.startsWith(search);
    case "ENDS_WITH":
      return found.endsWith(search);
    case "CONTAINS_WORD":
      return new RegExp(`(?<!\\w)${search.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?!\\w)`).test(found);
    default:
      return found.includes(search);
  }
}
