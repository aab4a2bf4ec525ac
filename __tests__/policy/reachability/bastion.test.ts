import type { StageInput } from "../../../schema";
import { minimalService, minimalStage, stageWith } from "../../fixtures/stage";
import { Synthesized } from "../../fixtures/synthesized";
import { changed, explained, found } from "./analysis";

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

  it("that cannot reach the database is reported", () => {
    const json = changed(stack, { [`${ingress}.bastion_to_postgres_tcp_5432`]: undefined });
    expect(explained(json)).toMatch(`${server} cannot reach ${database} on TCP 5432 (operator access to data)`);
  });

  it("that allows a service is reported", () => {
    const group = (id: string) => `\${aws_security_group.${id}.id}`;
    const open = {
      security_group_id: group("bastion"),
      referenced_security_group_id: group("services_orders"),
      ip_protocol: "tcp",
      from_port: 22,
      to_port: 22,
    };
    expect(found(changed(stack, { [`${ingress}.open`]: open }))).toEqual([
      `unneeded: aws_ecs_service.services_orders -> ${server}`,
    ]);
  });

  it.each(["0.0.0.0/0", "198.0.0.0/15"])("that allows %s is reported", (cidr_ipv4) => {
    const json = changed(stack, { [`${ingress}.bastion_from_operators_1_tcp_22`]: { cidr_ipv4 } });
    expect(found(json).join()).toMatch(/unneeded: (internet|198\.0\.0\.0\/15) -> aws_instance/);
  });

  it("that allows operators on another port is reported", () => {
    const json = changed(stack, { [`${ingress}.bastion_from_operators_1_tcp_22`]: { from_port: 21 } });
    expect(found(json)).toEqual([`unneeded: 198.51.100.0/24 -> ${server}`]);
  });

  it("that its EC2 Instance Connect endpoint cannot reach is reported", () => {
    const tunnel = withBastion({ access: "instance-connect" }, { kind: "instance" });
    const json = changed(tunnel, { [`${ingress}.bastion_from_endpoint_tcp_22`]: undefined });
    expect(found(json)).toContain(`missing: aws_ec2_instance_connect_endpoint.bastion -> ${server}`);
  });
});

describe("a proxy", () => {
  const stack = withBastion(undefined, { kind: "instance", proxy: {} });
  const proxy = "aws_db_proxy.data_postgres";

  it("that cannot reach its database is reported", () => {
    const json = changed(stack, { [`${ingress}.data_postgres_proxy_to_postgres_tcp_5432`]: undefined });
    expect(found(json)).toContain(`missing: ${proxy} -> ${database}`);
  });

  it("that its service cannot reach is reported", () => {
    const json = changed(stack, { [`${ingress}.services_orders_to_postgres_proxy_tcp_5432`]: undefined });
    expect(found(json)).toContain(`missing: aws_ecs_service.services_orders -> ${proxy}`);
  });
});
