import type { Block, ReadStack } from "../read-stack";
import { each, type Rules } from "../rule";

/** Load balancers. */
export const loadBalancerRules = {
  "alb-headers": {
    severity: "medium",
    why: "A header that breaks HTTP means one thing to the ALB and another to the service behind it.",
    source: "CKV_AWS_131",
    mend: "set drop_invalid_header_fields to true",
    check: each("aws_lb", (balancer) => {
      return (
        isAlb(balancer) && balancer.get("drop_invalid_header_fields") !== true && "hands on headers that break HTTP"
      );
    }),
  },
  "alb-desync": {
    severity: "medium",
    why: "Requests that two programs read differently smuggle others past the first.",
    source: "CKV_AWS_328",
    mend: 'set desync_mitigation_mode to "defensive" or "strictest"',
    check: each("aws_lb", (balancer) => {
      const mode = balancer.text("desync_mitigation_mode") || "defensive";
      return isAlb(balancer) && !["defensive", "strictest"].includes(mode) && "lets ambiguous requests pass";
    }),
  },
  "nlb-cross-zone": {
    severity: "medium",
    why: "Without it a zone's address leads to the tasks of that zone only, however many there are.",
    source: "CKV_AWS_152",
    mend: "set enable_cross_zone_load_balancing to true",
    check: each("aws_lb", (balancer) => {
      const crosses = balancer.get("enable_cross_zone_load_balancing") === true;
      return !isAlb(balancer) && !crosses && "keeps requests in the zone where they arrive";
    }),
  },
  "nlb-private-link": {
    severity: "high",
    why: "A VPC link comes from addresses that no rule could name, so an NLB's security group drops all of it.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html",
    mend: 'set enforce_security_group_inbound_rules_on_private_link_traffic to "off"',
    covers: ["flow-missing"],
    check: each("aws_api_gateway_vpc_link", (link, stack) =>
      stack
        .targets(link, "target_arns", "aws_lb")
        .filter((balancer) => balancer.has("security_groups"))
        .filter((nlb) => nlb.get("enforce_security_group_inbound_rules_on_private_link_traffic") !== "off")
        .map(({ address }) => `reaches nobody: the security group of ${address} drops what it sends`),
    ),
  },
  "public-alb-waf": {
    severity: "medium",
    why: "Everybody can send everything to an ALB on the internet.",
    source: "CKV2_AWS_28",
    mend: "associate a web ACL with it",
    holds: "production",
    check: each("aws_lb", (balancer, stack) => {
      return (
        isAlb(balancer) && onInternet(balancer) && !guarded(stack, balancer) && "stands on the internet without a WAF"
      );
    }),
  },
  "public-balancer-log": {
    severity: "medium",
    why: "The access log is the only record of who called a load balancer on the internet.",
    source: "CKV_AWS_91, ELB.5",
    mend: "set access_logs.enabled to true, with a bucket",
    holds: "production",
    check: each(
      "aws_lb",
      (balancer) =>
        onInternet(balancer) && balancer.get("access_logs.enabled") !== true && "keeps no record of its callers",
    ),
  },
  "public-balancer-kept": {
    severity: "medium",
    why: "A load balancer that is deleted by mistake takes its address with it.",
    source: "CKV_AWS_150, ELB.6",
    mend: "set enable_deletion_protection to true",
    holds: "production",
    check: each(
      "aws_lb",
      (balancer) =>
        onInternet(balancer) && balancer.get("enable_deletion_protection") !== true && "can be deleted by one call",
    ),
  },
} satisfies Rules;

function isAlb(balancer: Block): boolean {
  return (balancer.get("load_balancer_type") ?? "application") === "application";
}

function onInternet(balancer: Block): boolean {
  return balancer.get("internal") !== true;
}

/** Whether a web ACL stands before what a block is. */
export function guarded(stack: ReadStack, block: Block): boolean {
  return stack
    .usersOf(block, "aws_wafv2_web_acl_association")
    .some((association) => association.pointsTo("resource_arn", block));
}
