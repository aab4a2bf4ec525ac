import type { Change } from "../edit";

/** Changes that each violate exactly one rule about network connections. */
export const connectionViolations = {
  "connection-missing": (stack) => {
    stack.remove(
      "aws_vpc_security_group_ingress_rule",
      "security_group.services_test2.id",
      "security_group.data_postgres.id",
    );
  },
  "connection-unneeded": (stack) => {
    stack.set("aws_vpc_security_group_ingress_rule", "to_port", 8081, { from_port: 8080 });
  },
  "connection-unknown": (stack) => {
    stack.add({ aws_network_acl: { it: { vpc_id: "${aws_vpc.network.id}" } } });
  },
} satisfies Readonly<Record<string, Change>>;
