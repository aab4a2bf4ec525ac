import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import toRegexRange from "to-regex-range";
import type { Uploads } from "../../../schema/ingress/uploads";
import type { Waf } from "../../../schema/waf";

/** A rule of a web ACL before it is given its place. Statements nest, so that the bindings leave them as Terraform writes them. */
export interface Rule extends Pick<Wafv2WebAclRule, "name" | "action" | "overrideAction"> {
  readonly statement: object;
}

/** Metrics under the rule's own name, and samples of what it met. */
export function visibility(metricName: string) {
  return { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}

/** Rules in the order in which WAF looks at them. */
export function numbered(rules: readonly Rule[]): Wafv2WebAclRule[] {
  return rules.map((rule, index) => ({ ...rule, priority: index + 1, visibilityConfig: visibility(rule.name) }));
}

/** A set of addresses. */
export interface IpSet {
  readonly name: string;
  readonly arn: string;
}

/** Ends every further look at requests of a set's addresses. */
export function addressRule({ name, arn }: IpSet, action: "allow" | "block"): Rule {
  return { name, action: { [action]: {} }, statement: { ip_set_reference_statement: { arn } } };
}

/** Blocks an address that asks too often, until it asks less. */
export function rateRule(requestsPerFiveMinutes: number): Rule {
  return {
    name: "rate-limit",
    action: { block: { customResponse: { responseCode: 429 } } },
    statement: {
      rate_based_statement: { limit: requestsPerFiveMinutes, evaluation_window_sec: 300, aggregate_key_type: "IP" },
    },
  };
}

/** What API Gateway cannot limit itself: the types and the size that callers announce. */
export function uploadRules(uploads: Uploads): Rule[] {
  return [
    refusal(uploads, { name: "uploads-type", status: 415, header: "content-type", allowed: typesOf(uploads) }),
    refusal(uploads, { name: "uploads-size", status: 413, header: "content-length", allowed: sizesOf(uploads) }),
  ];
}

/** Matches the allowed media types, with or without parameters; of several types, browsers take the last. */
export function typesOf({ contentTypes }: Pick<Uploads, "contentTypes">): string {
  return `^(${contentTypes.map((type) => type.replace(/[.+]/g, String.raw`\$&`)).join("|")})(;[^,]*)?$`;
}

/** Matches the lengths from 1 byte to the largest. */
export function sizesOf({ maximumBytes }: Pick<Uploads, "maximumBytes">): string {
  return `^(${toRegexRange(1, maximumBytes)})$`;
}

/** What AWS calls its groups, and whether a group reads bodies as text. */
const groups = [
  { key: "common", name: "AWSManagedRulesCommonRuleSet", readsBodies: true },
  { key: "knownBadInputs", name: "AWSManagedRulesKnownBadInputsRuleSet", readsBodies: false },
  { key: "sqlInjection", name: "AWSManagedRulesSQLiRuleSet", readsBodies: true },
  { key: "ipReputation", name: "AWSManagedRulesAmazonIpReputationList", readsBodies: false },
] as const;

/** Groups of rules that AWS maintains. https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
export function managedRules(waf: Waf, uploads: Uploads | undefined): Rule[] {
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
          // The bytes of a picture look like an attack sooner or later, and are larger than the group's 8 KB.
          ...(readsBodies &&
            uploads !== undefined && { scope_down_statement: { not_statement: { statement: [isUpload(uploads)] } } }),
        },
      },
    };
  });
}

/**
 * Is true for a `PUT` on the path of the uploads; the default address of an API has the stage in front of it, and a REST
 * API takes a final slash for nothing.
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

/** A header that is missing matches nothing, and so is refused, too. */
function refusal(
  uploads: Uploads,
  { name, status, header, allowed }: { name: string; status: number; header: string; allowed: string },
): Rule {
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
