import { ingresses, stackOf, stackWith, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";

const group = (path: string) => `\${aws_security_group.${path}.id}`;

/** Every rule as `from -> to : port`, from the side that the rule belongs to. */
function rules(stack: Synthesized, direction: "egress" | "ingress"): string[] {
  return Object.values(stack.all(`aws_vpc_security_group_${direction}_rule`))
    .map(({ security_group_id, referenced_security_group_id, prefix_list_id, cidr_ipv4, from_port, to_port }) => {
      const other = referenced_security_group_id ?? prefix_list_id ?? cidr_ipv4;
      const ends = direction === "egress" ? [security_group_id, other] : [other, security_group_id];
      expect(from_port).toBe(to_port);
      return `${String(ends[0])} -> ${String(ends[1])} : ${String(from_port)}`;
    })
    .sort();
}

describe("the security groups", () => {
  const stack = new Synthesized(stageWith());
  const service = group("services_orders");
  const loadBalancer = group("ingress_nlb");
  const endpoints = group("network_endpoints");

  it("allow exactly these connections by egress rules", () => {
    expect(rules(stack, "egress")).toEqual(
      [
        `${loadBalancer} -> ${service} : 8080`,
        `${service} -> ${endpoints} : 443`,
        `${service} -> \${aws_vpc_endpoint.network_s3.prefix_list_id} : 443`,
      ].sort(),
    );
  });

  it("allow exactly these connections by ingress rules", () => {
    expect(rules(stack, "ingress")).toEqual(
      [`${loadBalancer} -> ${service} : 8080`, `${service} -> ${endpoints} : 443`].sort(),
    );
  });

  it("allow egress to the internet on 443 only where the stage has a route to it", () => {
    const network = {
      cidr: "10.0.0.0/16",
      zones: ["us-east-1a", "us-east-1b"],
      egress: { mode: "nat-gateway" },
    } as const;
    const natStack = new Synthesized(stageWith({ network: { ...network, zones: [...network.zones] } }));
    expect(rules(natStack, "egress")).toContain(`${service} -> 0.0.0.0/0 : 443`);
    expect(rules(natStack, "ingress").filter((rule) => rule.includes("0.0.0.0/0"))).toEqual([]);
  });

  it("have descriptions, and no inline rules", () => {
    for (const each of Object.values(stack.all("aws_security_group"))) {
      expect(each.description).toMatch(/^[\w ;-]+$/);
      expect(each).not.toHaveProperty("ingress");
      expect(each).not.toHaveProperty("egress");
    }
    for (const type of ["aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"]) {
      for (const rule of Object.values(stack.all(type))) expect(rule.description).toMatch(/^[\w ,:.-]{1,255}$/);
    }
  });

  it("are created before those they replace are deleted, which takes up to 20 minutes", () => {
    const groups = Object.values(stack.all("aws_security_group"));
    expect(groups).toHaveLength(3);
    for (const each of groups) {
      expect(each).toMatchObject({ lifecycle: { create_before_destroy: true }, timeouts: { delete: "20m" } });
    }
  });

  it("do not apply to VPC link traffic to the NLB", () => {
    expect(stack.resource("aws_lb.ingress_nlb")).toMatchObject({
      internal: true,
      security_groups: [loadBalancer],
      enforce_security_group_inbound_rules_on_private_link_traffic: "off",
    });
  });

  it("have a rule of its own for each port, so that another port is allowed before the old one is not", () => {
    const rulesFor = (port: number) =>
      stackOf({ port }).addresses.filter((address) => address.includes("services_orders_from_"));
    expect(rulesFor(8080)).toEqual([
      "aws_vpc_security_group_egress_rule.services_orders_from_nlb_tcp_8080",
      "aws_vpc_security_group_ingress_rule.services_orders_from_nlb_tcp_8080",
    ]);
    expect(rulesFor(9090)).toHaveLength(2);
    expect(rulesFor(9090).filter((address) => rulesFor(8080).includes(address))).toEqual([]);
  });

  it("have a rule of its own for each load balancer, so that another one is allowed before the old one is not", () => {
    const sources = Object.values(ingresses).flatMap((ingress) => {
      const rules = Object.entries(stackWith({ ingress }).all("aws_vpc_security_group_ingress_rule"));
      return rules
        .filter(([name]) => name.startsWith("services_orders_from_"))
        .map(([name, rule]) => `${name} ${String(rule.referenced_security_group_id)}`);
    });
    const distinct = new Set(sources);
    expect(distinct.size).toBeGreaterThan(1);
    expect(new Set([...distinct].map((each) => each.split(" ")[0])).size).toBe(distinct.size);
  });
});
