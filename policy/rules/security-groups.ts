import type { Values } from "../values";
import { each, type Rules } from "../rule";

const ingress = "aws_vpc_security_group_ingress_rule";
const egress = "aws_vpc_security_group_egress_rule";
const older = "aws_security_group_rule";

/** Who may talk to whom. */
export const securityGroupRules = {
  "public-ports": {
    severity: "high",
    why: "The whole internet may call 80 and 443, and nothing else.",
    source: "CKV_AWS_24, CKV_AWS_25, CKV_AWS_260, CKV_AWS_277",
    mend: "open it to a security group, or to port 80 or 443 only",
    covers: ["flow-extra"],
    check: each(ingress, (rule) => {
      const web = [80, 443].includes(rule.number("from_port")) && rule.get("to_port") === rule.get("from_port");
      return world(rule) && !(web && rule.get("ip_protocol") === "tcp") && `is open to the internet on ${ports(rule)}`;
    }),
  },
  "egress-ports": {
    severity: "medium",
    why: "What has been broken into must not reach every port of the internet.",
    source: "CKV_AWS_382",
    mend: "name the one port that is needed",
    covers: ["flow-extra"],
    check: each(
      egress,
      (rule) =>
        world(rule) && rule.get("from_port") !== rule.get("to_port") && `lets out to the internet on ${ports(rule)}`,
    ),
  },
  "port-range": {
    severity: "medium",
    why: "Terraform plans reversed ranges and ports that there are not.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    mend: "write ports from 0 to 65535, the smaller one as from_port",
    covers: ["flow-extra"],
    check: each([ingress, egress], (rule) => {
      if (!["tcp", "udp"].includes(rule.text("ip_protocol"))) return false;
      const [from, to] = [rule.number("from_port"), rule.number("to_port")];
      return !(from >= 0 && from <= to && to <= 65535) && `has the ports ${ports(rule)}`;
    }),
  },
  "security-group-described": {
    severity: "low",
    why: "A flow without a reason is never closed again.",
    source: "CKV_AWS_23",
    mend: "say in its description why it is there",
    check: each(
      ["aws_security_group", ingress, egress],
      (block) =>
        (!block.has("description") || block.get("description") === "Managed by Terraform") && "does not say why",
    ),
  },
  "security-group-used": {
    severity: "low",
    why: "A group that guards nothing is open for whatever is put into it later.",
    source: "CKV2_AWS_5",
    mend: "remove it, or give it to what it shall guard",
    covers: ["flow-unknown"],
    check: each("aws_security_group", (group, stack) => {
      const members = stack.usersOf(group).filter(({ type }) => ![ingress, egress, older].includes(type));
      return members.length === 0 && "guards nothing";
    }),
  },
  "security-group-rules-apart": {
    severity: "medium",
    why: "Rules inside a group and rules beside it remove each other in turn.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group",
    mend: `write them as ${ingress} and ${egress}`,
    covers: ["flow-unknown"],
    check: each(
      ["aws_security_group", older],
      (block) => (block.type === older || block.has("ingress") || block.has("egress")) && "holds rules in itself",
    ),
  },
} satisfies Rules;

function world(rule: Values): boolean {
  return rule.get("cidr_ipv4") === "0.0.0.0/0" || rule.get("cidr_ipv6") === "::/0";
}

function ports(rule: Values): string {
  const [from, to] = [rule.number("from_port"), rule.number("to_port")];
  if (Number.isNaN(from)) return "every port";
  return from === to ? `port ${from}` : `${from} to ${to}`;
}
