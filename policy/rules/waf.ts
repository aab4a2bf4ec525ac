import type { Block } from "../read-stack";
import { each, type Rules } from "../rule";

const groups = [
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesSQLiRuleSet",
  "AWSManagedRulesAmazonIpReputationList",
];

/** Web ACLs. */
export const wafRules = {
  "waf-rule-groups": {
    severity: "medium",
    why: "AWS keeps these groups up to date with what attackers try.",
    source: "CKV_AWS_192",
    mend: "add a managed_rule_group_statement of it",
    check: each("aws_wafv2_web_acl", (acl) => {
      const named = acl.blocks("rule").map((rule) => rule.text("statement.managed_rule_group_statement.name"));
      return groups.filter((group) => !named.includes(group)).map((group) => `lets pass what ${group} knows`);
    }),
  },
  "waf-rate-limit": {
    severity: "medium",
    why: "One caller must not be able to use up what all share.",
    source: "https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html",
    mend: "add a rate_based_statement",
    check: each("aws_wafv2_web_acl", (acl) => {
      const limited = acl.blocks("rule").some((rule) => rule.number("statement.rate_based_statement.limit") > 0);
      return !limited && "lets one address call as often as it likes";
    }),
  },
  "waf-metrics": {
    severity: "low",
    why: "A rule that nobody counts blocks the wrong requests for long.",
    source: "WAF.12",
    mend: "set visibility_config.cloudwatch_metrics_enabled to true",
    check: each("aws_wafv2_web_acl", (acl) =>
      acl
        .blocks("rule")
        .filter((rule) => rule.get("visibility_config.cloudwatch_metrics_enabled") !== true)
        .map((rule) => `does not count what rule ${rule.text("name")} does`),
    ),
  },
  "waf-log": {
    severity: "medium",
    why: "Without a log nobody can tell why a request was blocked.",
    source: "CKV2_AWS_31, WAF.11",
    mend: "add an aws_wafv2_web_acl_logging_configuration",
    holds: "production",
    check: each("aws_wafv2_web_acl", (acl, stack) => {
      const logged = stack.usersOf(acl, "aws_wafv2_web_acl_logging_configuration").length > 0;
      return !logged && "keeps no record of what it blocks";
    }),
  },
  "waf-log-redacted": {
    severity: "high",
    why: "Whoever reads a token in a log may use it.",
    source: "https://docs.aws.amazon.com/waf/latest/developerguide/logging-management.html",
    mend: "add authorization and cookie to redacted_fields",
    check: each("aws_wafv2_web_acl_logging_configuration", (logging) => {
      const hidden = logging.blocks("redacted_fields").map((field) => field.text("single_header.name"));
      return ["authorization", "cookie"]
        .filter((name) => !hidden.includes(name))
        .map((name) => `writes down the ${name} header`);
    }),
  },
  "waf-attachable": {
    severity: "high",
    why: "WAF attaches to an ALB, a stage of a REST API or a user pool; to nothing else of these stacks.",
    source: "https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html",
    mend: "name one of those as resource_arn",
    check: each("aws_wafv2_web_acl_association", (association, stack) =>
      stack
        .targets(association, "resource_arn")
        .filter((target) => !attachable(target))
        .map(({ address }) => `guards nothing: ${address} takes no WAF`),
    ),
  },
} satisfies Rules;

function attachable(target: Block): boolean {
  if (target.type === "aws_lb") return target.get("load_balancer_type") === "application";
  return ["aws_api_gateway_stage", "aws_cognito_user_pool"].includes(target.type);
}
