import type { Break } from "../edit";

/** What breaks one rule about who reaches whom, and no other. */
export const flowBreaks = {
  "flow-missing": (stack) => {
    stack.remove("aws_vpc_security_group_ingress_rule", "services_test2_firewall", "data_postgres_firewall");
  },
  "flow-extra": (stack) => {
    stack.set("aws_vpc_security_group_ingress_rule", "to_port", 8081, { from_port: 8080 });
  },
  "flow-unknown": (stack) => {
    stack.add({ aws_network_acl: { it: { vpc_id: "${aws_vpc.network.id}" } } });
  },
} satisfies Readonly<Record<string, Break>>;
