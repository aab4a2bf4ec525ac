import { stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed, found } from "./analysis";

const stack = new Synthesized(stageWith());
const service = "aws_ecs_service.services_orders";
const loadBalancer = "aws_lb.ingress_nlb";
const endpoints = ["ecr_api", "ecr_dkr", "logs"].map((name) => `aws_vpc_endpoint.network_${name}`);
const id = (address: string) => `\${${address}.id}`;
const groupOf = (path: string) => id(`aws_security_group.${path}`);
const placed = (groups: string, subnets: string[] = ["a", "b"]) => ({
  security_groups: [groups],
  subnets: subnets.map((zone) => id(`aws_subnet.network_private_${zone}`)),
  assign_public_ip: false,
});

describe("misplaced security groups", () => {
  it("are reported when a service and a load balancer have each other's group", () => {
    const json = changed(stack, {
      [service]: { network_configuration: placed(groupOf("ingress_nlb")) },
      [loadBalancer]: { security_groups: [groupOf("services_orders")] },
    });
    expect([...found(json)].sort()).toEqual(
      [
        `missing: ${loadBalancer} -> ${service}`,
        ...[...endpoints, "s3"].map((to) => `missing: ${service} -> ${to}`),
        `unneeded: ${service} -> ${loadBalancer}`,
        ...endpoints.map((to) => `unneeded: ${loadBalancer} -> ${to}`),
        `unneeded: ${loadBalancer} -> s3`,
      ].sort(),
    );
  });

  it("are reported when a service also has the group of a VPC endpoint", () => {
    const both = [groupOf("services_orders"), groupOf("network_endpoints")];
    const json = changed(stack, { [service]: { network_configuration: { ...placed(""), security_groups: both } } });
    expect(found(json)).toEqual([`unneeded: ${service} -> ${service}`]);
  });
});
