import type { Break } from "../edit";

const subnet = "aws_subnet";
const ingress = "aws_vpc_security_group_ingress_rule";
const egress = "aws_vpc_security_group_egress_rule";
const service = { from_port: 8080 };
const toServices = { from_port: 443, cidr_ipv4: "0.0.0.0/0" };

/** What breaks one rule about the network of production, and no other. */
export const networkBreaks = {
  "state-role": (stack) => {
    stack.setTerraform("backend.s3.role_arn", "arn:aws:iam::111122223333:role/deploy");
  },
  "state-guarded": (stack) => {
    stack.setTerraform("backend.s3.use_lockfile", false);
  },
  "state-address": (stack) => {
    stack.setTerraform("backend.s3.key", "");
  },
  "vpc-flow-logs": (stack) => {
    stack.set("aws_flow_log", "traffic_type", "REJECT");
  },
  "vpc-default-group-empty": (stack) => {
    stack.set("aws_default_security_group", "egress", [{ protocol: "-1" }]);
  },
  "vpc-dns": (stack) => {
    stack.set("aws_vpc", "enable_dns_support", false);
  },
  "subnet-public-address": (stack) => {
    stack.set(subnet, "map_public_ip_on_launch", true);
  },
  "range-size": (stack) => {
    stack.set(subnet, "cidr_block", "10.41.240.1/28");
  },
  "subnet-inside-vpc": (stack) => {
    stack.set(subnet, "cidr_block", "10.99.0.0/21");
  },
  "subnets-disjoint": (stack) => {
    stack.set(subnet, "cidr_block", "10.41.8.0/22", { cidr_block: "10.41.0.0/21" });
  },
  "subnet-zone": (stack) => {
    // All three subnets of the zone: no task must be missing there.
    stack.replace(subnet, "eu-west-1a", "us-east-1a");
    stack.replace(subnet, "eu-west-1a", "us-east-1a");
    stack.replace(subnet, "eu-west-1a", "us-east-1a");
  },
  "nat-route": (stack) => {
    stack.replace("aws_route", "nat_gateway_id", "gateway_id");
  },
  "gateway-endpoint-routed": (stack) => {
    stack.set("aws_vpc_endpoint", "route_table_ids", [], { vpc_endpoint_type: "Gateway" });
  },
  "endpoint-set": (stack) => {
    stack.remove("aws_vpc_endpoint", ".ecr.api");
  },
  "endpoint-private-dns": (stack) => {
    stack.set("aws_vpc_endpoint", "private_dns_enabled", false, { private_dns_enabled: true });
  },
  "public-ports": (stack) => {
    const security_group_id = "${aws_security_group.data_postgres.id}";
    const open = { cidr_ipv4: "0.0.0.0/0", ip_protocol: "tcp", from_port: 5432, to_port: 5432, description: "Open" };
    stack.add({ [ingress]: { it: { security_group_id, ...open } } });
  },
  "egress-ports": (stack) => {
    stack.set(egress, "to_port", 65535, toServices);
  },
  "port-range": (stack) => {
    stack.set(ingress, "to_port", 70000, service);
  },
  "security-group-described": (stack) => {
    stack.set(ingress, "description", undefined);
  },
  "security-group-used": (stack) => {
    stack.add({ aws_security_group: { it: { description: "Guards nothing" } } });
  },
  "security-group-rules-apart": (stack) => {
    stack.set("aws_security_group", "egress", [{ protocol: "-1" }]);
  },
} satisfies Readonly<Record<string, Break>>;
