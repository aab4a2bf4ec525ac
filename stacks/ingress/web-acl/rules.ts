import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import toRegexRange from "to-regex-range";
import type { Uploads } from "../../../schema/ingress/uploads";
import type { Waf } from "../../../schema/waf";

/** A rule of a web ACL without its priority. Statements nest, so the bindings take them in Terraform's spelling. */
export interface WebAclRule extends Pick<Wafv2WebAclRule, "name" | "action" | "overrideAction"> {
  readonly statement: object;
}

/** Metrics under this name, and samples of requests. */
export function visibility(metricName: string) {
  return { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}

/** Numbers the rules in their order. */
export function numbered(rules: readonly WebAclRule[]): Wafv2WebAclRule[] {
  return rules.map((rule, index) => ({ ...rule, priority: index + 1, visibilityConfig: visibility(rule.name) }));
}

/** A set of addresses. */
export interface IpSet {
  readonly name: string;
  readonly arn: string;
}

/** Allows or blocks requests from the addresses of a set, without evaluating further rules. */
export function addressRule({ name, arn }: IpSet, action: "allow" | "block"): WebAclRule {
  return { name, action: { [action]: {} }, statement: { ip_set_reference_statement: { arn } } };
}

/** Blocks an address while its request rate is above the limit. */
export function rateRule(requestsPerFiveMinutes: number): WebAclRule {
  return {
    name: "rate-limit",
    action: { block: { customResponse: { responseCode: 429 } } },
    statement: {
      rate_based_statement: { limit: requestsPerFiveMinutes, evaluation_window_sec: 300, aggregate_key_type: "IP" },
    },
  };
}

/** Limits the content type and content length of uploads, which API Gateway cannot. */
export function uploadRules(uploads: Uploads): WebAclRule[] {
  return [
    refusal(uploads, { name: "uploads-type", status: 415, header: "content-type", allowed: typesOf(uploads) }),
    refusal(uploads, { name: "uploads-size", status: 413, header: "content-length", allowed: sizesOf(uploads) }),
  ];
}

/** Matches the allowed media types, with or without parameters. No commas: of several types, browsers use the last. */
export function typesOf({ contentTypes }: Pick<Uploads, "contentTypes">): string {
  return `^(${contentTypes.map((type) => type.replace(/[.+]/g, String.raw`\$&`)).join("|")})(;[^,]*)?$`;
}

/** Matches the lengths from 1 byte to the largest. */
export function sizesOf({ maximumBytes }: Pick<Uploads, "maximumBytes">): string {
  return `^(${toRegexRange(1, maximumBytes)})$`;
}

/** Managed rule groups by field of the stage file, and whether they inspect bodies as text. */
const groups = [
  { key: "common", name: "AWSManagedRulesCommonRuleSet", readsBodies: true },
  { key: "knownBadInputs", name: "AWSManagedRulesKnownBadInputsRuleSet", readsBodies: false },
  { key: "sqlInjection", name: "AWSManagedRulesSQLiRuleSet", readsBodies: true },
  { key: "ipReputation", name: "AWSManagedRulesAmazonIpReputationList", readsBodies: false },
] as const;

/** Groups of rules that AWS maintains. https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
export function managedRules(waf: Waf, uploads: Uploads | undefined): WebAclRule[] {
  return groups.flatMap(({ key, name, readsBodies }) => {
    const { mode, countedRules } = waf[key];
    if (mode === "off") return [];
    return {
      name,
      overrideAction: mode === "count" ? { count: {} } : { none: {} },
      statement: {
        managed_rule_group_statement: {
          vendor_name: "AWS",
          name,
          rule_action_override: countedRules.map((rule) => ({ name: rule, action_to_use: { count: {} } })),
          // Binary uploads cause false positives, and exceed the group's limit of 8 KB.
          ...(readsBodies &&
            uploads !== undefined && { scope_down_statement: { not_statement: { statement: [isUpload(uploads)] } } }),
        },
      },
    };
  });
}

/**
 * Matches a `PUT` on the path of the uploads. On the default endpoint the path begins with the stage, and a REST API
 * ignores trailing slashes.
 */
function isUpload({ path }: Uploads) {
  const literal = path
    .toLowerCase()
    .replace(/\{\w+\}$/, "")
    .replaceAll(".", String.raw`\.`);
  return {
    and_statement: {
      statement: [
        {
          byte_match_statement: {
            field_to_match: { method: {} },
            positional_constraint: "EXACTLY",
            search_string: "PUT",
            text_transformation: asItIs,
          },
        },
        regex({ uri_path: {} }, `^(/[^/]+)?${literal}[^/]+/*$`),
      ],
    },
  };
}

/** Blocks requests whose header is missing or does not match. */
function refusal(
  uploads: Uploads,
  { name, status, header, allowed }: { name: string; status: number; header: string; allowed: string },
): WebAclRule {
  const announced = regex({ single_header: { name: header } }, allowed);
  return {
    name,
    action: { block: { customResponse: { responseCode: status } } },
    statement: { and_statement: { statement: [isUpload(uploads), { not_statement: { statement: [announced] } }] } },
  };
}

const asItIs = [{ priority: 0, type: "NONE" }];

function regex(fieldToMatch: object, pattern: string) {
  return {
    regex_match_statement: {
      field_to_match: fieldToMatch,
      regex_string: pattern,
      text_transformation: [{ priority: 0, type: "LOWERCASE" }],
    },
  };
}
