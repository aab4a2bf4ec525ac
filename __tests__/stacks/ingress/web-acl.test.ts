import { sizesOf, typesOf } from "../../../stacks/ingress/web-acl/rules";
import { ingresses, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly action?: object;
  readonly override_action?: object;
  readonly statement: Readonly<Record<string, object>>;
}

const withWaf = (waf: object, fields: object = {}) =>
  new Synthesized(
    stageWith({ ingress: { ...ingresses["rest-api via nlb"], waf, ...fields }, data: { uploads: { keep: true } } }),
  );
const acl = "aws_wafv2_web_acl.ingress";
const rulesOf = (stack: Synthesized): Rule[] => JSON.parse(JSON.stringify(stack.resource(acl)?.rule)) as Rule[]; // the shape that Terraform reads
const uploads = { contentTypes: ["image/png", "image/vnd.x+y"], maximumBytes: 5000 };

describe("the web ACL", () => {
  it("has four managed rule groups and a rate limit by default", () => {
    const rules = rulesOf(withWaf({}));
    expect(rules.map(({ name, priority }) => [priority, name])).toEqual([
      [1, "rate-limit"],
      [2, "AWSManagedRulesCommonRuleSet"],
      [3, "AWSManagedRulesKnownBadInputsRuleSet"],
      [4, "AWSManagedRulesSQLiRuleSet"],
      [5, "AWSManagedRulesAmazonIpReputationList"],
    ]);
    expect(rules.slice(1).map((rule) => rule.override_action)).toEqual(Array(4).fill({ none: {} }));
    expect(rules[0]).toMatchObject({
      action: { block: { custom_response: { response_code: 429 } } },
      statement: { rate_based_statement: { limit: 2000, aggregate_key_type: "IP", evaluation_window_sec: 300 } },
    });
  });

  it("allows what no rule blocks", () => {
    expect(withWaf({}).resource(acl)).toMatchObject({ scope: "REGIONAL", default_action: { allow: {} } });
  });

  it("can count a rule group or one of its rules, and exclude a group", () => {
    const rules = rulesOf(
      withWaf({
        common: { countedRules: ["SizeRestrictions_BODY"] },
        sqlInjection: { mode: "count" },
        ipReputation: { mode: "off" },
      }),
    );
    const named = (name: string) => rules.find((rule) => rule.name === name);
    expect(named("AWSManagedRulesCommonRuleSet")?.statement.managed_rule_group_statement).toMatchObject({
      rule_action_override: [{ name: "SizeRestrictions_BODY", action_to_use: { count: {} } }],
    });
    expect(named("AWSManagedRulesSQLiRuleSet")?.override_action).toEqual({ count: {} });
    expect(named("AWSManagedRulesAmazonIpReputationList")).toBeUndefined();
  });

  it("allows and blocks CIDRs before any other rule, for IPv4 and IPv6", () => {
    const stack = withWaf({ allowedCidrs: ["198.51.100.0/24"], blockedCidrs: ["203.0.113.0/24", "2001:db8::/32"] });
    expect(
      rulesOf(stack)
        .slice(0, 3)
        .map(({ name, action }) => [name, action]),
    ).toEqual([
      ["allowed-ipv4", { allow: {} }],
      ["blocked-ipv4", { block: {} }],
      ["blocked-ipv6", { block: {} }],
    ]);
    expect(stack.resource("aws_wafv2_ip_set.ingress_web_acl_blocked_ipv6")).toMatchObject({
      ip_address_version: "IPV6",
      addresses: ["2001:db8::/32"],
    });
  });

  it("is associated with the API's stage, or with a public ALB", () => {
    expect(withWaf({}).resource("aws_wafv2_web_acl_association.ingress")).toMatchObject({
      resource_arn: "${aws_api_gateway_stage.ingress.arn}",
    });
    const alb = new Synthesized(stageWith({ ingress: { ...ingresses.alb, waf: {} } }));
    expect(alb.resource("aws_wafv2_web_acl_association.ingress")).toMatchObject({
      resource_arn: "${aws_lb.ingress_public_alb.arn}",
    });
  });

  it("logs what it blocks or counts, without credentials", () => {
    const stack = withWaf({ redactedHeaders: ["x-secret"], logRetentionDays: 30 });
    expect(stack.resource("aws_wafv2_web_acl_logging_configuration.ingress")).toMatchObject({
      redacted_fields: ["authorization", "cookie", "x-secret"].map((name) => ({ single_header: { name } })),
      logging_filter: {
        default_behavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: [{ action_condition: { action: "BLOCK" } }, { action_condition: { action: "COUNT" } }],
          },
        ],
      },
    });
    expect(stack.resource("aws_cloudwatch_log_group.ingress_web_acl")).toEqual({
      name: "aws-waf-logs-shop-dev01",
      retention_in_days: 30,
    });
  });

  it("blocks uploads by their type and size, and does not inspect their bodies", () => {
    const rules = rulesOf(withWaf({}, { uploads }));
    expect(rules.slice(0, 2).map(({ name, action }) => [name, action])).toEqual([
      ["uploads-type", { block: { custom_response: { response_code: 415 } } }],
      ["uploads-size", { block: { custom_response: { response_code: 413 } } }],
    ]);
    const scoped = rules.filter(({ statement }) => JSON.stringify(statement).includes("scope_down_statement"));
    expect(scoped.map(({ name }) => name)).toEqual(["AWSManagedRulesCommonRuleSet", "AWSManagedRulesSQLiRuleSet"]);
    expect(JSON.stringify(rules[0]?.statement)).toContain('"regex_string":"^(/[^/]+)?/upload/[^/]+/*$"');
  });
});

describe("the limits of uploads", () => {
  it("compare in lower case", () => {
    const text = JSON.stringify(rulesOf(withWaf({}, { uploads })).slice(0, 2));
    const expressions = [...text.matchAll(/"regex_string":"[^"]+","text_transformation":\[([^\]]+)\]/g)];
    expect(expressions.map(([, transformation]) => transformation)).toEqual(
      Array(4).fill('{"priority":0,"type":"LOWERCASE"}'),
    );
  });

  it("apply to requests with the method PUT only", () => {
    const method = { field_to_match: { method: {} }, positional_constraint: "EXACTLY", search_string: "PUT" };
    const [type, size] = rulesOf(withWaf({}, { uploads }));
    for (const rule of [type, size]) {
      expect(rule?.statement.and_statement).toMatchObject({
        statement: [
          { and_statement: { statement: [{ byte_match_statement: method }, { regex_match_statement: {} }] } },
          { not_statement: {} },
        ],
      });
    }
  });

  it.each([1, 10485760, 1048576, 9, 1000])("allow every length up to %i bytes, and no other", (maximumBytes) => {
    const pattern = new RegExp(sizesOf({ maximumBytes }));
    const taken = (length: number | string) => pattern.test(String(length));
    for (const length of [1, Math.ceil(maximumBytes / 2), maximumBytes - 1, maximumBytes]) {
      expect([length, taken(length)]).toEqual([length, length > 0]);
    }
    for (const length of [0, maximumBytes + 1, maximumBytes * 10, -1, "", "1e3", " 5", "0x1"]) {
      expect([length, taken(length)]).toEqual([length, false]);
    }
    // https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-regex-match.html
    expect(sizesOf({ maximumBytes }).length).toBeLessThan(512);
  });

  it("allow the configured types, with parameters, and no other", () => {
    const taken = (type: string) => new RegExp(typesOf(uploads)).test(type);
    expect(["image/png", "image/png; charset=x", "image/vnd.x+y"].map(taken)).toEqual([true, true, true]);
    const others = ["image/pngx", "ximage/png", "image/vndax+y", "text/html", "", "image/png;x,text/html"];
    expect(others.filter(taken)).toEqual([]);
  });
});
