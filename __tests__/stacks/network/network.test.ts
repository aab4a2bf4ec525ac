import type { StageInput } from "../../../schema";
import { ingresses, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

type Egress = StageInput["network"]["egress"];

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const withEgress = (egress: Egress) => new Synthesized(stageWith({ network: { cidr: "10.0.0.0/16", zones, egress } }));
const routeTables = (tier: string) => ["a", "b", "c"].map((zone) => `\${aws_route_table.network_${tier}_${zone}.id}`);
const subnets = (tier: string) => ["a", "b", "c"].map((zone) => `\${aws_subnet.network_${tier}_${zone}.id}`);

describe("the network", () => {
  it("has DNS, flow logs, and a default security group without rules", () => {
    const stack = withEgress({ mode: "vpc-endpoints" });
    expect(stack.resource("aws_vpc.network")).toMatchObject({
      cidr_block: "10.0.0.0/16",
      enable_dns_support: true,
      enable_dns_hostnames: true,
    });
    expect(stack.resource("aws_flow_log.network")).toMatchObject({ traffic_type: "ALL" });
    expect(stack.resource("aws_default_security_group.network")).toEqual({
      vpc_id: "${aws_vpc.network.id}",
    });
  });

  it("keeps its flow logs for 14 days by default", () => {
    const logs = "aws_cloudwatch_log_group.network_flow_logs";
    expect(withEgress({ mode: "vpc-endpoints" }).resource(logs)).toMatchObject({
      name: "/shop/dev01/vpc-flow-logs",
      retention_in_days: 14,
    });
    const network = {
      cidr: "10.0.0.0/16",
      zones,
      egress: { mode: "vpc-endpoints" },
      flowLogRetentionDays: 90,
    } as const;
    expect(new Synthesized(stageWith({ network })).resource(logs)).toMatchObject({ retention_in_days: 90 });
  });

  it("uses every configured zone", () => {
    const stack = withEgress({ mode: "vpc-endpoints" });
    expect(Object.values(stack.all("aws_subnet")).map((subnet) => subnet.availability_zone)).toEqual(zones);
    expect(stack.resource("aws_ecs_service.services_orders")).toMatchObject({
      network_configuration: { subnets: subnets("private"), assign_public_ip: false },
    });
    expect(stack.resource("aws_lb.ingress_nlb")).toMatchObject({ subnets: subnets("private") });
  });

  it("maps no public addresses on launch", () => {
    const stack = withEgress({ mode: "public-subnets" });
    for (const subnet of Object.values(stack.all("aws_subnet"))) expect(subnet.map_public_ip_on_launch).toBeUndefined();
  });
});

describe("a change of the network", () => {
  const nat = withEgress({ mode: "nat-gateway", interfaceEndpoints: "every-zone" });
  const usersFirst = { lifecycle: { create_before_destroy: true } };

  it.each([
    "aws_subnet",
    "aws_route_table_association",
    "aws_route",
    "aws_nat_gateway",
    "aws_eip",
    "aws_internet_gateway",
    "aws_vpc_endpoint",
    "aws_security_group",
    "aws_vpc_security_group_egress_rule",
    "aws_vpc_security_group_ingress_rule",
  ])("updates what uses a removed resource before it destroys it: %s", (type) => {
    const all = Object.values(nat.all(type));
    expect(all.length).toBeGreaterThan(0);
    for (const resource of all) expect(resource).toMatchObject(usersFirst);
  });

  it("replaces the addresses of NAT gateways and the internet gateway with the VPC, as they belong to one at a time", () => {
    expect(nat.resource("aws_eip.network_egress_a")?.lifecycle).toHaveProperty("replace_triggered_by", [
      "aws_subnet.network_public_a.id",
    ]);
    expect(nat.resource("aws_internet_gateway.network_public")?.lifecycle).toHaveProperty("replace_triggered_by", [
      "aws_vpc.network.id",
    ]);
  });

  it("leaves the gateways, routes and addresses of other zones alone when zones are added or exchanged", () => {
    const inZones = (...names: string[]) =>
      new Synthesized(stageWith({ network: { cidr: "10.0.0.0/16", zones: names, egress: { mode: "nat-gateway" } } }));
    const [before, after] = [inZones("us-east-1a", "us-east-1b"), inZones("us-east-1a", "us-east-1c", "us-east-1d")];
    const ofZoneA = before.addresses.filter((address) => /\.network_(egress|private|public)_a(_|$)/.test(address));
    expect(ofZoneA).toContain("aws_eip.network_egress_a");
    // A gateway waits for the routes of all zones.
    const settings = (stack: Synthesized, address: string) => ({ ...stack.resource(address), depends_on: undefined });
    for (const address of ofZoneA) expect(settings(after, address)).toEqual(settings(before, address));
  });

  it("does not move internal load balancers with the egress", () => {
    const modes = [{ mode: "vpc-endpoints" }, { mode: "nat-gateway" }, { mode: "public-subnets" }] as const;
    for (const mode of modes) {
      expect(withEgress(mode).resource("aws_lb.ingress_nlb")).toMatchObject({ subnets: subnets("private") });
    }
  });

  it("has no private subnets where nothing is in them", () => {
    const network = { cidr: "10.0.0.0/16", zones, egress: { mode: "public-subnets" } } as const;
    const stack = new Synthesized(stageWith({ network, ingress: ingresses.alb }));
    expect(Object.keys(stack.all("aws_subnet"))).toEqual(["a", "b", "c"].map((zone) => `network_public_${zone}`));
  });

  it("keeps the IPv6 range of the VPC and of public subnets, which AWS does not take back while it is in use", () => {
    expect(withEgress({ mode: "vpc-endpoints" }).resource("aws_vpc.network")).toMatchObject({
      assign_generated_ipv6_cidr_block: true,
    });
    expect(nat.resource("aws_subnet.network_public_b")).toMatchObject({
      ipv6_cidr_block: "${cidrsubnet(aws_vpc.network.ipv6_cidr_block, 8, 9)}",
    });
    expect(nat.resource("aws_route.network_public_a_internet_ipv6")).toMatchObject({
      destination_ipv6_cidr_block: "::/0",
    });
    expect(nat.resource("aws_subnet.network_private_a")).not.toHaveProperty("ipv6_cidr_block");
  });
});

describe("egress by vpc-endpoints", () => {
  const stack = withEgress({ mode: "vpc-endpoints" });

  it("has no route to the internet, and no public tier", () => {
    expect(stack.all("aws_internet_gateway")).toEqual({});
    expect(stack.all("aws_nat_gateway")).toEqual({});
    expect(stack.all("aws_route")).toEqual({});
    expect(Object.keys(stack.all("aws_subnet"))).toEqual([
      "network_private_a",
      "network_private_b",
      "network_private_c",
    ]);
    expect(JSON.stringify(stack.json.resource)).not.toContain("0.0.0.0/0");
  });

  it("has interface endpoints in every zone for what Fargate needs", () => {
    const endpoints = Object.values(stack.all("aws_vpc_endpoint"));
    const interfaces = endpoints.filter((endpoint) => endpoint.vpc_endpoint_type === "Interface");
    expect(interfaces.map((endpoint) => endpoint.service_name)).toEqual([
      "com.amazonaws.us-east-1.ecr.api",
      "com.amazonaws.us-east-1.ecr.dkr",
      "com.amazonaws.us-east-1.logs",
    ]);
    for (const endpoint of interfaces) {
      expect(endpoint).toMatchObject({ private_dns_enabled: true, subnet_ids: subnets("private") });
    }
  });

  it("adds the gateway endpoint of S3 to the route tables of the tasks", () => {
    expect(stack.resource("aws_vpc_endpoint.network_s3")).toMatchObject({
      vpc_endpoint_type: "Gateway",
      route_table_ids: routeTables("private"),
    });
  });

  it("can have its interface endpoints in one zone", () => {
    const single = withEgress({ mode: "vpc-endpoints", interfaceEndpoints: "one-zone" });
    expect(single.resource("aws_vpc_endpoint.network_logs")).toMatchObject({
      subnet_ids: subnets("private").slice(0, 1),
    });
  });
});

describe("egress by nat-gateway", () => {
  it("has a gateway per zone, each with a route from its own zone by nat_gateway_id", () => {
    const stack = withEgress({ mode: "nat-gateway" });
    expect(Object.keys(stack.all("aws_nat_gateway"))).toHaveLength(3);
    for (const zone of ["a", "b", "c"]) {
      expect(stack.resource(`aws_nat_gateway.network_egress_${zone}`)).toMatchObject({
        subnet_id: `\${aws_subnet.network_public_${zone}.id}`,
      });
      expect(stack.resource(`aws_route.network_private_${zone}_nat`)).toMatchObject({
        route_table_id: `\${aws_route_table.network_private_${zone}.id}`,
        destination_cidr_block: "0.0.0.0/0",
        nat_gateway_id: `\${aws_nat_gateway.network_egress_${zone}.id}`,
      });
    }
  });

  it("can have one gateway, which all zones use", () => {
    const stack = withEgress({ mode: "nat-gateway", gateways: "one" });
    expect(Object.keys(stack.all("aws_nat_gateway"))).toEqual(["network_egress_a"]);
    expect(stack.resource("aws_route.network_private_c_nat")).toMatchObject({
      nat_gateway_id: "${aws_nat_gateway.network_egress_a.id}",
    });
  });

  it("has only the gateway endpoint of S3, and interface endpoints when configured", () => {
    expect(Object.keys(withEgress({ mode: "nat-gateway" }).all("aws_vpc_endpoint"))).toEqual(["network_s3"]);
    const both = withEgress({ mode: "nat-gateway", interfaceEndpoints: "every-zone" });
    expect(Object.keys(both.all("aws_vpc_endpoint"))).toHaveLength(4);
  });
});

describe("egress by public-subnets", () => {
  it("gives tasks a public IP and a route to the internet gateway", () => {
    const stack = withEgress({ mode: "public-subnets" });
    expect(stack.all("aws_nat_gateway")).toEqual({});
    expect(stack.resource("aws_ecs_service.services_orders")).toMatchObject({
      network_configuration: { subnets: subnets("public"), assign_public_ip: true },
    });
    expect(stack.resource("aws_route.network_public_b_internet")).toMatchObject({
      gateway_id: "${aws_internet_gateway.network_public.id}",
    });
    expect(stack.resource("aws_vpc_endpoint.network_s3")).toMatchObject({
      route_table_ids: routeTables("public"),
    });
  });
});
