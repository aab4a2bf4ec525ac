import type { StageInput } from "../../../schema";
import { minimalService, minimalStage, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed, explained, found } from "./changed";

const withBastion = (bastion: StageInput["bastion"], postgres: NonNullable<StageInput["data"]>["postgres"]) =>
  new Synthesized(
    stageWith({
      data: { postgres },
      services: { orders: { ...minimalService, uses: ["postgres"] } },
      network: { ...minimalStage.network, egress: { mode: "nat-gateway" } },
      bastion,
    }),
  );
const ssh: StageInput["bastion"] = { access: "ssh", cidrs: ["198.51.100.0/24"], publicKey: "ssh-ed25519 AAAA" };
const server = "aws_instance.bastion";
const database = "aws_db_instance.data_postgres_server";
const ingress = "aws_vpc_security_group_ingress_rule";

describe("a bastion", () => {
  const stack = withBastion(ssh, { kind: "instance" });

  it("that cannot reach the database is found", () => {
    const json = changed(stack, { [`${ingress}.bastion_to-postgres_ingress`]: undefined });
    expect(explained(json)).toMatch(`${server} cannot reach ${database} on TCP 5432 (looks into data)`);
  });

  it("that a service reaches is found", () => {
    const group = (id: string) => `\${aws_security_group.${id}.id}`;
    const open = {
      security_group_id: group("bastion"),
      referenced_security_group_id: group("services_orders"),
      ip_protocol: "tcp",
      from_port: 22,
      to_port: 22,
    };
    expect(found(changed(stack, { [`${ingress}.open`]: open }))).toEqual([
      `extra: aws_ecs_service.services_orders -> ${server}`,
    ]);
  });

  it.each(["0.0.0.0/0", "198.0.0.0/15"])("that %s reaches is found", (cidr_ipv4) => {
    const json = changed(stack, { [`${ingress}.bastion_from-people-1_ingress`]: { cidr_ipv4 } });
    expect(found(json).join()).toMatch(/extra: (internet|198\.0\.0\.0\/15) -> aws_instance/);
  });

  it("that people reach on another port is found", () => {
    const json = changed(stack, { [`${ingress}.bastion_from-people-1_ingress`]: { from_port: 21 } });
    expect(found(json)).toEqual([`extra: 198.51.100.0/24 -> ${server}`]);
  });

  it("that its endpoint does not reach is found", () => {
    const tunnel = withBastion({ access: "instance-connect" }, { kind: "instance" });
    const json = changed(tunnel, { [`${ingress}.bastion_from-endpoint_ingress`]: undefined });
    expect(found(json)).toContain(`missing: aws_ec2_instance_connect_endpoint.bastion -> ${server}`);
  });
});

describe("a proxy", () => {
  const stack = withBastion(undefined, { kind: "instance", proxy: {} });
  const proxy = "aws_db_proxy.data_postgres";

  it("that cannot reach its server is found", () => {
    const json = changed(stack, { [`${ingress}.data_postgres_proxy_to-postgres_ingress`]: undefined });
    expect(found(json)).toContain(`missing: ${proxy} -> ${database}`);
  });

  it("that its service cannot reach is found", () => {
    const json = changed(stack, { [`${ingress}.services_orders_to-postgres-proxy_ingress`]: undefined });
    expect(found(json)).toContain(`missing: aws_ecs_service.services_orders -> ${proxy}`);
  });
});
