import { stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed, found } from "./changed";

const stack = new Synthesized(stageWith());
const service = "aws_ecs_service.services_orders";
const loadBalancer = "aws_lb.ingress_nlb";
const endpoints = ["ecr-api", "ecr-dkr", "logs"].map((name) => `aws_vpc_endpoint.network_endpoints_${name}`);
const id = (address: string) => `\${${address}.id}`;
const groupOf = (path: string) => id(`aws_security_group.${path}_firewall_group`);
const placed = (groups: string, subnets: string[] = ["a", "b"]) => ({
  security_groups: [groups],
  subnets: subnets.map((zone) => id(`aws_subnet.network_private_${zone}`)),
  assign_public_ip: false,
});

describe("groups in the wrong hands", () => {
  it("are found when a service and a load balancer have each other's", () => {
    const json = changed(stack, {
      [service]: { network_configuration: placed(groupOf("ingress_load-balancer")) },
      [loadBalancer]: { security_groups: [groupOf("services_orders")] },
    });
    expect([...found(json)].sort()).toEqual(
      [
        `missing: ${loadBalancer} -> ${service}`,
        ...[...endpoints, "s3"].map((to) => `missing: ${service} -> ${to}`),
        `extra: ${service} -> ${loadBalancer}`,
        ...endpoints.map((to) => `extra: ${loadBalancer} -> ${to}`),
        `extra: ${loadBalancer} -> s3`,
      ].sort(),
    );
  });

  it("are found when a service has those of an endpoint as well", () => {
    const both = [groupOf("services_orders"), groupOf("network_endpoints")];
    const json = changed(stack, { [service]: { network_configuration: { ...placed(""), security_groups: both } } });
    expect(found(json)).toEqual([`extra: ${service} -> ${service}`]);
  });
});
