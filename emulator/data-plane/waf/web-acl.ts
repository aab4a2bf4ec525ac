import type { Scope } from "../../models/aws";
import { object, objects, text, type JsonObject } from "../../wire/json";
import type { DataRequest, DataResponse } from "../message";
import type { Reader } from "../reader";
import type { Trace } from "../trace";
import { matches } from "./statement";

/** A block by a web ACL; without a response, the protected resource answers 403. */
export interface Block {
  readonly rule: string;
  /** @default - the rule has no custom response */
  readonly response?: DataResponse;
}

const contentTypes: Readonly<Record<string, string>> = {
  APPLICATION_JSON: "application/json",
  TEXT_HTML: "text/html",
  TEXT_PLAIN: "text/plain",
};

/** The web ACLs of the emulated AWS, with what their rate-based rules have counted. */
export class WebAcls {
  private readonly counts = new Map<string, number[]>();

  constructor(private readonly reader: Reader) {}

  /**
   * Evaluates the web ACL of a resource by the priority of its rules: IP sets, rates, sizes, bytes and regular expressions.
   *
   * https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-processing.html
   */
  async evaluate(scope: Scope, ResourceArn: string, request: DataRequest, trace: Trace): Promise<Block | undefined> {
    const { reader } = this;
    const output = await reader.ask(scope, "wafv2", "GetWebACLForResource", { ResourceArn });
    if (output.WebACL == null) return undefined;
    const acl = object(output.WebACL);
    const name = text(acl.Name);
    trace.hop(`web-acl:${name}`);
    for (const rule of objects(acl.Rules).toSorted((one, other) => Number(one.Priority) - Number(other.Priority))) {
      const ruleName = text(rule.Name);
      const count = (key: string, seconds: number): number => this.count(`${name} ${ruleName} ${key}`, seconds);
      const matched = await matches(object(rule.Statement), { reader, scope, request, count });
      if (matched === undefined) trace.notEvaluated(`the WAF rule ${ruleName}`);
      if (!matched) continue;
      const action = object(rule.Action);
      if (action.Allow != null) return undefined;
      if (action.Block != null) return block(acl, object(action.Block), ruleName, trace);
      if (action.Count == null) trace.notEvaluated(`the action of the WAF rule ${ruleName}`);
    }
    const { Block: blocked } = object(acl.DefaultAction);
    return blocked == null ? undefined : block(acl, object(blocked), "default action", trace);
  }

  private count(key: string, windowSeconds: number): number {
    const now = Date.now();
    const recent = (this.counts.get(key) ?? []).filter((at) => now - at < windowSeconds * 1000);
    recent.push(now);
    this.counts.set(key, recent);
    return recent.length;
  }
}

function block(acl: JsonObject, action: JsonObject, rule: string, trace: Trace): Block {
  trace.because(`the web ACL ${text(acl.Name)} blocks the request (${rule})`);
  if (action.CustomResponse == null) return { rule };
  const { ResponseCode, CustomResponseBodyKey, ResponseHeaders } = object(action.CustomResponse);
  const body = object(object(acl.CustomResponseBodies)[text(CustomResponseBodyKey)]);
  const type = contentTypes[text(body.ContentType)];
  const headers = objects(ResponseHeaders).map(({ Name, Value }) => [text(Name).toLowerCase(), text(Value)]);
  return {
    rule,
    response: {
      status: Number(ResponseCode),
      headers: {
        ...(type !== undefined && { "content-type": type }),
        ...(Object.fromEntries(headers) as DataResponse["headers"]),
      }, // entries of names and values
      body: Buffer.from(text(body.Content)),
    },
  };
}
