import { stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed, explained, found } from "./analysis";

const service = "aws_ecs_service.services_orders";
const endpoint = (name: string) => `aws_vpc_endpoint.network_${name.replaceAll("-", "_")}`;
const blocked = ["ecr-api", "ecr-dkr", "logs"].map((name) => `missing: ${service} -> ${endpoint(name)}`);

describe("tasks with VPC endpoints cannot pull their image", () => {
  const stack = new Synthesized(stageWith());

  it.each([
    ["ecr-api", "ecr.api"],
    ["ecr-dkr", "ecr.dkr"],
    ["logs", "logs"],
  ])("without the endpoint %s", (name, to) => {
    const json = changed(stack, { [endpoint(name)]: undefined });
    expect(found(json)).toEqual([`missing: ${service} -> ${to}`]);
    expect(explained(json)).toMatch(
      `${service} cannot reach ${to} on TCP 443 (needs ${to}): no VPC endpoint for ${to} serves its subnets, and ` +
        "aws_subnet.network_private_a has no route to the internet",
    );
  });

  it("without the endpoint for S3, which an egress rule refers to", () => {
    expect(found(changed(stack, { [endpoint("s3")]: undefined }))).toEqual([
      "unknown: aws_vpc_security_group_egress_rule.services_orders_to_s3_tcp_443",
      `missing: ${service} -> s3`,
    ]);
  });

  it("when an endpoint has no private DNS", () => {
    const json = changed(stack, { [endpoint("ecr-dkr")]: { private_dns_enabled: false } });
    expect(found(json)).toEqual([`missing: ${service} -> ecr.dkr`]);
  });

  it.each(["enable_dns_hostnames", "enable_dns_support"])("when the VPC's %s is off", (field) => {
    expect(found(changed(stack, { "aws_vpc.network": { [field]: false } }))).toEqual(
      ["ecr.api", "ecr.dkr", "logs"].map((name) => `missing: ${service} -> ${name}`),
    );
  });

  it("when the endpoint for S3 is not in the route table of every subnet of the tasks", () => {
    const other = { "aws_route_table.other": { vpc_id: "${aws_vpc.network.id}" } };
    const on = (table: string) => ({
      ...other,
      [endpoint("s3")]: { route_table_ids: [`\${aws_route_table.${table}.id}`] },
    });
    expect(found(changed(stack, on("other")))).toEqual([`missing: ${service} -> s3`]);
    const partly = changed(stack, on("network_private_a"));
    expect(found(partly)).toEqual([`missing: ${service} -> s3`]);
    expect(explained(partly)).toMatch("aws_subnet.network_private_b has no route to the internet");
  });

  it("when a subnet of the tasks has the main route table, without the endpoint for S3", () => {
    expect(found(changed(stack, { "aws_route_table_association.network_private_b": undefined }))).toEqual([
      `missing: ${service} -> s3`,
    ]);
  });

  it("when no rule allows them at one end", () => {
    const rule = (direction: string) =>
      `aws_vpc_security_group_${direction}_rule.services_orders_to_vpc_endpoints_tcp_443`;
    const withoutEgress = changed(stack, { [rule("egress")]: undefined });
    expect(found(withoutEgress)).toEqual(blocked);
    expect(explained(withoutEgress)).toMatch(`no egress rule of ${service} allows it`);
    const withoutIngress = changed(stack, { [rule("ingress")]: undefined });
    expect(found(withoutIngress)).toEqual(blocked);
    expect(explained(withoutIngress)).toMatch(`no ingress rule of ${endpoint("logs")} allows it`);
  });

  it("when no egress rule allows S3", () => {
    expect(
      found(changed(stack, { "aws_vpc_security_group_egress_rule.services_orders_to_s3_tcp_443": undefined })),
    ).toEqual([`missing: ${service} -> s3`]);
  });

  it("when the endpoints are in another VPC", () => {
    const json = changed(stack, { [endpoint("logs")]: { vpc_id: "${aws_vpc.other.id}" } });
    expect(found(json)).toEqual([`missing: ${service} -> logs`]);
  });
});

test("a task whose definition refers to a secret or a parameter must reach its service", () => {
  const definition = (text: string) => ({
    "aws_ecs_task_definition.services_orders": { container_definitions: `\${jsonencode([${text}])}` },
  });
  const stack = new Synthesized(stageWith());
  expect(found(changed(stack, definition("aws_secretsmanager_secret.key.arn")))).toEqual([
    `missing: ${service} -> secretsmanager`,
  ]);
  expect(found(changed(stack, definition("aws_ssm_parameter.key.arn")))).toEqual([`missing: ${service} -> ssm`]);
});
