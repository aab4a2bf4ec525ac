import { isWholeInternet } from "network-paths";
import { each, type Rules } from "../rule";
import type { Values } from "../terraform/values";

const ingress = "aws_vpc_security_group_ingress_rule";
const egress = "aws_vpc_security_group_egress_rule";
const legacyRule = "aws_security_group_rule";

/** Security groups and their rules. */
export const securityGroupRules = {
  "public-ports": {
    severity: "high",
    rationale: "Every port that is open to the internet is scanned for vulnerabilities; only 80 and 443 need to be.",
    source: "CKV_AWS_24, CKV_AWS_25, CKV_AWS_260, CKV_AWS_277",
    remediation: "allow a security group instead of 0.0.0.0/0 and ::/0, or only TCP port 80 or 443",
    supersedes: ["connection-unneeded"],
    check: each(ingress, (rule) => {
      const web = [80, 443].includes(rule.number("from_port")) && rule.get("to_port") === rule.get("from_port");
      const allowed = web && rule.get("ip_protocol") === "tcp";
      return concernsInternet(rule) && !allowed && `is open to the internet on ${ports(rule)}`;
    }),
  },
  "egress-ports": {
    severity: "medium",
    rationale: "A compromised task can send data to the internet on every port that egress rules allow.",
    source: "CKV_AWS_382",
    remediation: "set from_port and to_port to the one port that is needed",
    supersedes: ["connection-unneeded"],
    check: each(
      egress,
      (rule) =>
        concernsInternet(rule) &&
        rule.get("from_port") !== rule.get("to_port") &&
        `allows egress to the internet on ${ports(rule)}`,
    ),
  },
  "port-range": {
    severity: "medium",
    rationale: "AWS rejects reversed port ranges and ports above 65535, which Terraform does not validate.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    remediation: "set from_port and to_port to ports from 0 to 65535, the lower one as from_port",
    supersedes: ["connection-unneeded"],
    check: each([ingress, egress], (rule) => {
      if (!["tcp", "udp"].includes(rule.text("ip_protocol"))) return false;
      const [from, to] = [rule.number("from_port"), rule.number("to_port")];
      return !(from >= 0 && from <= to && to <= 65535) && `has the invalid range ${ports(rule)}`;
    }),
  },
  "security-group-description": {
    severity: "low",
    rationale: "A rule whose purpose is not documented is never removed.",
    source: "CKV_AWS_23",
    remediation: "set description to the purpose of the rule",
    check: each(
      ["aws_security_group", ingress, egress],
      (block) =>
        (!block.has("description") || block.get("description") === "Managed by Terraform") && "has no description",
    ),
  },
  "security-group-unused": {
    severity: "low",
    rationale: "The rules of an unused security group apply to whatever is attached to it later.",
    source: "CKV2_AWS_5",
    remediation: "remove the security group, or attach it to a resource",
    supersedes: ["connection-unknown"],
    check: each("aws_security_group", (group, stack) => {
      const members = stack.usersOf(group).filter(({ type }) => ![ingress, egress, legacyRule].includes(type));
      return members.length === 0 && "is not attached to a resource";
    }),
  },
  "security-group-inline-rules": {
    severity: "medium",
    rationale: "Inline rules and separate rules of one security group overwrite each other with every apply.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group",
    remediation: `use ${ingress} and ${egress}`,
    supersedes: ["connection-unknown"],
    check: each(
      ["aws_security_group", legacyRule],
      (block) =>
        (block.type === legacyRule || block.has("ingress") || block.has("egress")) &&
        "does not use one resource for each rule",
    ),
  },
} satisfies Rules;

function concernsInternet(rule: Values): boolean {
  return ["cidr_ipv4", "cidr_ipv6"].some((path) => isWholeInternet(rule.text(path)));
}

function ports(rule: Values): string {
  const [from, to] = [rule.number("from_port"), rule.number("to_port")];
  if (Number.isNaN(from)) return "every port";
  return from === to ? `port ${from}` : `ports ${from} to ${to}`;
}
