import { each, type Rules } from "../rule";

/** A VPC as a whole. */
export const vpcRules = {
  "vpc-flow-logs": {
    severity: "medium",
    why: "Flow logs tell afterwards who talked to whom.",
    source: "CKV2_AWS_11",
    mend: 'add an aws_flow_log of the VPC with traffic_type "ALL"',
    check: each("aws_vpc", (vpc, stack) => {
      const logged = stack.usersOf(vpc, "aws_flow_log").some((log) => log.get("traffic_type") === "ALL");
      return !logged && "does not record its traffic";
    }),
  },
  "vpc-default-group-empty": {
    severity: "high",
    why: "What is put into the VPC without a security group gets the default one, which lets its members talk freely.",
    source: "CKV2_AWS_12",
    mend: "add an aws_default_security_group of the VPC without ingress and egress",
    covers: ["flow-unknown"],
    check: each(["aws_vpc", "aws_default_security_group"], (block, stack) => {
      if (block.type !== "aws_vpc") return (block.has("ingress") || block.has("egress")) && "lets something through";
      const kept = stack.usersOf(block, "aws_default_security_group").length === 0;
      return kept && "keeps the rules of its default security group";
    }),
  },
  "vpc-dns": {
    severity: "medium",
    why: "Without the VPC's DNS no endpoint of an AWS service is found by its name.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html",
    mend: "set enable_dns_support and enable_dns_hostnames to true",
    check: each("aws_vpc", (vpc) => {
      const resolves = vpc.get("enable_dns_support") !== false && vpc.get("enable_dns_hostnames") === true;
      return !resolves && "gives no names to what is in it";
    }),
  },
} satisfies Rules;
