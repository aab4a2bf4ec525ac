import { stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed, explained, found } from "./analysis";

const stack = new Synthesized(stageWith());
const group = "aws_security_group.services_orders";
const service = "aws_ecs_service.services_orders";
const rule = { security_group_id: `\${${group}.id}`, ip_protocol: "tcp", from_port: 22, to_port: 22 };
const ingress = "aws_vpc_security_group_ingress_rule.unsupported";

describe("a resource that affects network paths and is not supported is reported:", () => {
  it.each([
    ["rules inside a security group", group, { ingress: [{ from_port: 22 }] }],
    ["rules of the default security group", "aws_default_security_group.network", { egress: [] }],
    [
      "a rule as aws_security_group_rule",
      "aws_security_group_rule.old",
      { security_group_id: "sg-1", type: "ingress" },
    ],
    ["routes inside a route table", "aws_route_table.network_private_a", { route: [{}] }],
    ["a network ACL", "aws_network_acl.acl", { vpc_id: "${aws_vpc.network.id}" }],
    [
      "a security group of an unsupported resource",
      "aws_eks_cluster.k",
      { vpc_config: { security_group_ids: [`\${${group}.id}`] } },
    ],
    ["a subnet of an unsupported resource", "aws_fsx_x.k", { subnet_ids: "${[aws_subnet.network_private_a.id]}" }],
    ["a security group that is not attached", "aws_security_group.spare", { vpc_id: "${aws_vpc.network.id}" }],
    ["a resource with count", "aws_subnet.network_private_a", { count: 2 }],
    [
      "a rule of a security group outside the stack",
      ingress,
      { ...rule, security_group_id: "sg-123", cidr_ipv4: "0.0.0.0/0" },
    ],
    ["a rule for a security group outside the stack", ingress, { ...rule, referenced_security_group_id: "sg-123" }],
    ["a rule for a CIDR block that is an expression", ingress, { ...rule, cidr_ipv4: "${var.office}" }],
    [
      "a rule for a managed prefix list",
      ingress,
      { ...rule, prefix_list_id: "${data.aws_ec2_managed_prefix_list.cdn.id}" },
    ],
    [
      "a rule with a supported peer and another one",
      ingress,
      { ...rule, cidr_ipv4: "0.0.0.0/0", prefix_list_id: "pl-1" },
    ],
    ["a load balancer with subnet mappings", "aws_lb.ingress_nlb", { subnet_mapping: [{}] }],
    [
      "a VPC link in subnets outside the stack",
      "aws_apigatewayv2_vpc_link.odd",
      { subnet_ids: ["subnet-1"], security_group_ids: [`\${${group}.id}`] },
    ],
    ["a rule without a peer", ingress, rule],
    ["a rule with two peers", ingress, { ...rule, cidr_ipv4: "0.0.0.0/0", cidr_ipv6: "::/0" }],
    [
      "a rule with a port that is an expression",
      ingress,
      { ...rule, from_port: "${var.port}", cidr_ipv4: "0.0.0.0/0" },
    ],
    [
      "a route that is not a default route",
      "aws_route.part",
      { route_table_id: "${aws_route_table.network_private_a.id}", destination_cidr_block: "10.9.0.0/16" },
    ],
    [
      "an instance without a security group",
      "aws_instance.bastion",
      { subnet_id: "${aws_subnet.network_private_a.id}" },
    ],
    [
      "a listener with a port that is an expression",
      "aws_lb_listener.odd",
      { load_balancer_arn: "${aws_lb.ingress_nlb.arn}", port: "${var.port}" },
    ],
    [
      "an integration without a load balancer of the stack",
      "aws_api_gateway_integration.odd",
      {
        connection_type: "VPC_LINK",
        connection_id: "${aws_api_gateway_vpc_link.ingress.id}",
        uri: "http://example.com/",
      },
    ],
  ])("%s", (_, address, fields) => {
    expect(found(changed(stack, { [address]: fields }))).toEqual([`unknown: ${address}`]);
    expect(explained(changed(stack, { [address]: fields }))).toMatch(address);
  });

  it("a document whose integrations have no load balancer of the stack", () => {
    const integration = {
      connectionType: "VPC_LINK",
      connectionId: "${aws_api_gateway_vpc_link.ingress.id}",
      uri: "http://example.com/",
    };
    const operation = { responses: {}, "x-amazon-apigateway-integration": integration };
    const body = { paths: { "/a": { get: operation, put: operation } } };
    const findings = found(changed(stack, { "aws_api_gateway_rest_api.ingress": { body } }));
    expect(findings.filter((each) => each.startsWith("unknown"))).toEqual([
      "unknown: aws_api_gateway_rest_api.ingress",
    ]);
  });

  it("a load balancer whose scheme is an expression", () => {
    const loadBalancer = "aws_lb.ingress_nlb";
    expect(found(changed(stack, { [loadBalancer]: { internal: "${var.internal}" } }))).toContain(
      `unknown: ${loadBalancer}`,
    );
  });

  it("a service in the VPC's default security group", () => {
    const network_configuration = { subnets: ["${aws_subnet.network_private_a.id}"] };
    const findings = found(changed(stack, { [service]: { network_configuration } }));
    expect(findings).toContain(`unknown: ${service}`);
    expect(findings).toContain(`missing: aws_lb.ingress_nlb -> ${service}`);
  });
});

test("a stack without a network has no findings", () => {
  expect(found({ resource: {} })).toEqual([]);
  expect(found({})).toEqual([]);
});
