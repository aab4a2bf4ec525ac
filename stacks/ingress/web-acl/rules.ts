import type { Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";

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
