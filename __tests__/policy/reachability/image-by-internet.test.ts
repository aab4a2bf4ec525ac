import { minimalStage, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed, explained, found } from "./analysis";

const service = "aws_ecs_service.services_orders";
const withEgress = (mode: "nat-gateway" | "public-subnets") =>
  new Synthesized(stageWith({ network: { ...minimalStage.network, egress: { mode } } }));

describe("tasks with a NAT gateway cannot pull their image", () => {
  const stack = withEgress("nat-gateway");
  const missing = [`missing: ${service} -> internet`];

  it("when one zone has no route to it", () => {
    const json = changed(stack, { "aws_route.network_private_b_nat": undefined });
    expect(found(json)).toEqual(missing);
    expect(explained(json)).toMatch(
      "(needs ecr.api, ecr.dkr, logs): aws_subnet.network_private_b has no route to the internet",
    );
  });

  it("when it is in a private subnet", () => {
    const json = changed(stack, {
      "aws_nat_gateway.network_egress_b": { subnet_id: "${aws_subnet.network_private_b.id}" },
    });
    expect(found(json)).toEqual(missing);
    expect(explained(json)).toMatch(
      "routes to a NAT gateway in aws_subnet.network_private_b, which has no route to an internet gateway",
    );
  });

  it("when its subnet has no route to an internet gateway", () => {
    expect(found(changed(stack, { "aws_route.network_public_a_internet": undefined }))).toEqual(missing);
  });

  it("but can when the route has it as gateway_id, which AWS accepts", () => {
    const gateway_id = "${aws_nat_gateway.network_egress_a.id}";
    const route = { "aws_route.network_private_a_nat": { gateway_id, nat_gateway_id: undefined } };
    expect(found(changed(stack, route))).toEqual([]);
  });

  it("when it is a private one", () => {
    const connectivity = { "aws_nat_gateway.network_egress_a": { connectivity_type: "private" } };
    expect(found(changed(stack, connectivity))).toEqual(["unknown: aws_route.network_private_a_nat", ...missing]);
  });

  it("when no egress rule allows it", () => {
    expect(
      found(changed(stack, { "aws_vpc_security_group_egress_rule.services_orders_to_internet_tcp_443": undefined })),
    ).toEqual(missing);
  });

  it("when one zone routes to S3 through the internet, which no egress rule allows", () => {
    const tables = { route_table_ids: ["${aws_route_table.network_private_a.id}"] };
    const json = changed(stack, {
      "aws_vpc_endpoint.network_s3": tables,
      "aws_vpc_security_group_egress_rule.services_orders_to_internet_tcp_443": undefined,
    });
    expect([...found(json)].sort()).toEqual([...missing, `missing: ${service} -> s3`]);
  });

  it("but can when their route tables do not have the endpoint for S3", () => {
    expect(found(changed(stack, { "aws_vpc_endpoint.network_s3": { route_table_ids: [] } }))).toEqual([]);
  });
});

describe("tasks in public subnets cannot pull their image", () => {
  const stack = withEgress("public-subnets");

  it("without a public IP", () => {
    const network_configuration = {
      security_groups: ["${aws_security_group.services_orders.id}"],
      subnets: ["${aws_subnet.network_public_a.id}"],
      assign_public_ip: false,
    };
    const json = changed(stack, { [service]: { network_configuration } });
    expect(found(json)).toEqual([`missing: ${service} -> internet`]);
    expect(explained(json)).toMatch(
      "aws_subnet.network_public_a routes to an internet gateway, which requires a public IP",
    );
  });

  it("without a route to the internet gateway", () => {
    expect(found(changed(stack, { "aws_route.network_public_b_internet": undefined }))).toEqual([
      `missing: ${service} -> internet`,
    ]);
  });
});
