import type { StageConfig } from "../../schema";
import { each, type Rules } from "../rule";
import type { Block } from "../terraform/stack";
import { isPartOf } from "../stage-fields";

/** Managed rule groups, with their fields below `ingress.waf`. */
const managedGroups = {
  AWSManagedRulesCommonRuleSet: "common",
  AWSManagedRulesKnownBadInputsRuleSet: "knownBadInputs",
  AWSManagedRulesSQLiRuleSet: "sqlInjection",
  AWSManagedRulesAmazonIpReputationList: "ipReputation",
} as const;

/** Web ACLs of AWS WAF. */
export const wafRules = {
  "waf-managed-rules": {
    severity: "medium",
    rationale: "AWS updates its managed rule groups when new attacks become known.",
    source: "CKV_AWS_192",
    remediation: 'set ingress.waf.<group>.mode: "block" or "count" (managed_rule_group_statement)',
    acceptedBy: ({ ingress }, { resource, part }, stack) =>
      isPartOf("ingress", stack.at(resource)) ? disabledGroup(ingress, part) : undefined,
    check: each("aws_wafv2_web_acl", (acl) => {
      const names = acl.blocks("rule").map((rule) => rule.text("statement.managed_rule_group_statement.name"));
      return Object.keys(managedGroups)
        .filter((group) => !names.includes(group))
        .map((group) => ({ problem: `does not include ${group}`, part: group }));
    }),
  },
  "waf-rate-limit": {
    severity: "medium",
    rationale: "Without a rate limit one client can use up the capacity that all clients share.",
    source: "https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html",
    remediation: "set ingress.waf.requestsPerFiveMinutes (rate_based_statement)",
    check: each("aws_wafv2_web_acl", (acl) => {
      const limited = acl.blocks("rule").some((rule) => rule.number("statement.rate_based_statement.limit") > 0);
      return !limited && "does not limit the rate of one address";
    }),
  },
  "waf-metrics": {
    severity: "low",
    rationale: "A rule that blocks legitimate requests is noticed only by its metrics.",
    source: "WAF.12",
    remediation: "set visibility_config.cloudwatch_metrics_enabled to true",
    check: each("aws_wafv2_web_acl", (acl) =>
      acl
        .blocks("rule")
        .filter((rule) => rule.get("visibility_config.cloudwatch_metrics_enabled") !== true)
        .map((rule) => `publishes no metrics for rule ${rule.text("name")}`),
    ),
  },
  "waf-log": {
    severity: "medium",
    rationale: "Only the log shows why a request was blocked.",
    source: "CKV2_AWS_31, WAF.11",
    remediation: "add an aws_wafv2_web_acl_logging_configuration",
    appliesTo: "production",
    check: each("aws_wafv2_web_acl", (acl, stack) => {
      const logged = stack.usersOf(acl, "aws_wafv2_web_acl_logging_configuration").length > 0;
      return !logged && "has no logging configuration";
    }),
  },
  "waf-log-redaction": {
    severity: "high",
    rationale: "A token or cookie in a log can be used by everyone who can read the log.",
    source: "https://docs.aws.amazon.com/waf/latest/developerguide/logging-management.html",
    remediation: "add the headers authorization and cookie to redacted_fields",
    check: each("aws_wafv2_web_acl_logging_configuration", (logging) => {
      const redacted = logging.blocks("redacted_fields").map((field) => field.text("single_header.name"));
      return ["authorization", "cookie"]
        .filter((name) => !redacted.includes(name))
        .map((name) => `logs the header ${name}`);
    }),
  },
  "waf-association": {
    severity: "high",
    rationale:
      "A web ACL can be associated with an ALB, a stage of a REST API or a user pool, not with an NLB or an HTTP API.",
    source: "https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html",
    remediation: "set resource_arn to the ARN of an ALB, a REST API stage or a user pool",
    check: each("aws_wafv2_web_acl_association", (association, stack) =>
      stack
        .targets(association, "resource_arn")
        .filter((target) => !supportsWebAcl(target))
        .map(({ address }) => `refers to ${address}, which does not support web ACLs`),
    ),
  },
} satisfies Rules;

function disabledGroup(ingress: StageConfig["ingress"], group = ""): string | undefined {
  const field = Object.entries(managedGroups).find(([name]) => name === group)?.[1];
  const isOff = field !== undefined && "waf" in ingress && ingress.waf?.[field].mode === "off";
  return isOff ? `ingress.waf.${field}.mode` : undefined;
}

function supportsWebAcl(target: Block): boolean {
  if (target.type === "aws_lb") return target.get("load_balancer_type") === "application";
  return ["aws_api_gateway_stage", "aws_cognito_user_pool"].includes(target.type);
}
