import { each, type PolicyStack, type Rules } from "../rule";
import type { Block } from "../terraform/stack";

/** Load balancers. */
export const loadBalancerRules = {
  "alb-invalid-headers": {
    severity: "medium",
    rationale: "An ALB and a service can interpret an invalid header differently, which enables request smuggling.",
    source: "CKV_AWS_131",
    remediation: "set drop_invalid_header_fields to true",
    check: each("aws_lb", (lb) => {
      return isAlb(lb) && lb.get("drop_invalid_header_fields") !== true && "forwards invalid headers";
    }),
  },
  "alb-desync-mitigation": {
    severity: "medium",
    rationale: "Ambiguous requests that an ALB forwards can desynchronize it from the service and smuggle requests.",
    source: "CKV_AWS_328",
    remediation: 'set desync_mitigation_mode to "defensive" or "strictest"',
    check: each("aws_lb", (lb) => {
      const mode = lb.text("desync_mitigation_mode") || "defensive";
      return isAlb(lb) && !["defensive", "strictest"].includes(mode) && "forwards ambiguous requests";
    }),
  },
  "nlb-cross-zone": {
    severity: "medium",
    rationale: "Without cross-zone load balancing each zone's address routes only to the tasks of that zone.",
    source: "CKV_AWS_152",
    remediation: "set enable_cross_zone_load_balancing to true",
    check: each("aws_lb", (lb) => {
      const crosses = lb.get("enable_cross_zone_load_balancing") === true;
      return !isAlb(lb) && !crosses && "does not enable cross-zone load balancing";
    }),
  },
  "nlb-private-link": {
    severity: "high",
    rationale:
      "The source addresses of a VPC link cannot be named in a rule, so the security group of an NLB drops its traffic.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html",
    remediation: 'set enforce_security_group_inbound_rules_on_private_link_traffic to "off" on the load balancer',
    supersedes: ["connection-missing"],
    check: each("aws_api_gateway_vpc_link", (link, stack) =>
      stack
        .targets(link, "target_arns", "aws_lb")
        .filter((lb) => lb.has("security_groups"))
        .filter((nlb) => nlb.get("enforce_security_group_inbound_rules_on_private_link_traffic") !== "off")
        .map(({ address }) => `is blocked by the security group of ${address}`),
    ),
  },
  "public-alb-waf": {
    severity: "medium",
    rationale: "An ALB on the internet receives the requests of every scanner and botnet.",
    source: "CKV2_AWS_28",
    remediation: "set ingress.waf (aws_wafv2_web_acl_association)",
    appliesTo: "production",
    check: each("aws_lb", (lb, stack) => {
      return isAlb(lb) && isPublic(lb) && !hasWebAcl(stack, lb) && "is on the internet without a web ACL";
    }),
  },
  "public-load-balancer-log": {
    severity: "medium",
    rationale: "The access log is the only record of the clients of a public load balancer.",
    source: "CKV_AWS_91, ELB.5",
    remediation: "set access_logs.enabled to true, with a bucket",
    appliesTo: "production",
    check: each("aws_lb", (lb) => isPublic(lb) && lb.get("access_logs.enabled") !== true && "has no access log"),
  },
  "load-balancer-deletion": {
    severity: "medium",
    rationale: "The DNS name of a deleted load balancer is lost.",
    source: "CKV_AWS_150, ELB.6",
    remediation: "set ingress.deletionProtection: true (enable_deletion_protection)",
    appliesTo: "production",
    check: each(
      "aws_lb",
      (lb) => isPublic(lb) && lb.get("enable_deletion_protection") !== true && "has no deletion protection",
    ),
  },
} satisfies Rules;

function isAlb(lb: Block): boolean {
  return (lb.get("load_balancer_type") ?? "application") === "application";
}

function isPublic(lb: Block): boolean {
  return lb.get("internal") !== true;
}

/** Whether a web ACL is associated with a block. */
export function hasWebAcl(stack: PolicyStack, block: Block): boolean {
  return stack
    .usersOf(block, "aws_wafv2_web_acl_association")
    .some((association) => association.pointsTo("resource_arn", block));
}
