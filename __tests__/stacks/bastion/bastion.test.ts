import type { StageInput } from "../../../schema";
import { minimalService, minimalStage, stageWith } from "../../fixtures/stage";
import { decoded, Synthesized } from "../../fixtures/synthesized";

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJlZW4= ops@example.com";
const nat = { ...minimalStage.network, egress: { mode: "nat-gateway" } } as const;
const stackWith = (bastion: StageInput["bastion"], fields: Partial<StageInput> = {}) =>
  new Synthesized(
    stageWith({
      data: { postgres: { kind: "instance" } },
      services: { orders: { ...minimalService, uses: ["postgres"] } },
      bastion,
      ...fields,
    }),
  );
const instance = (stack: Synthesized) => stack.resource("aws_instance.bastion");
const rules = (stack: Synthesized, direction: "ingress" | "egress", group: string) =>
  Object.entries(stack.all(`aws_vpc_security_group_${direction}_rule`))
    .filter(([, rule]) => rule.security_group_id === `\${aws_security_group.${group}.id}`)
    .map(([id, { from_port }]) => `${id} ${Number(from_port)}`);
const own = "bastion";

describe("a bastion", () => {
  const stack = stackWith({ access: "ssm" });

  it("is a t4g.nano with Amazon Linux 2023 and no public address", () => {
    expect(instance(stack)).toMatchObject({
      ami: "${data.aws_ssm_parameter.bastion_image.insecure_value}",
      instance_type: "t4g.nano",
      subnet_id: "${aws_subnet.network_private_a.id}",
    });
    expect(instance(stack)).not.toHaveProperty("associate_public_ip_address");
    expect(stack.json.data.aws_ssm_parameter?.bastion_image).toMatchObject({
      name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    });
    expect(instance(stackWith({ access: "ssm", instanceType: "t4g.micro" }))).toMatchObject({
      instance_type: "t4g.micro",
    });
  });

  it("requires IMDSv2 with one hop, and encrypts its disk", () => {
    expect(instance(stack)).toMatchObject({
      metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
      root_block_device: { encrypted: true },
    });
  });

  it("is not replaced when a newer AMI is released", () => {
    expect(instance(stack)).toMatchObject({ lifecycle: { ignore_changes: ["ami"] } });
  });

  it("has no ingress rules, and egress rules only to AWS and the database", () => {
    expect(rules(stack, "ingress", own)).toEqual([]);
    expect(rules(stack, "egress", own)).toEqual([
      "bastion_to_postgres_tcp_5432 5432",
      "bastion_to_s3_tcp_443 443",
      "bastion_to_vpc_endpoints_tcp_443 443",
    ]);
    expect(rules(stack, "ingress", "data_postgres")).toContain("bastion_to_postgres_tcp_5432 5432");
  });

  it("has egress to the internet only on 443 in a VPC with NAT", () => {
    expect(rules(stackWith({ access: "ssm" }, { network: nat }), "egress", own)).toContain(
      "bastion_to_internet_tcp_443 443",
    );
  });
});

describe("sessions of a bastion", () => {
  const stack = stackWith({ access: "ssm" });

  it("use the VPC endpoints of Systems Manager", () => {
    for (const service of ["ssm", "ssmmessages"]) {
      expect(stack.resource(`aws_vpc_endpoint.network_${service}`)).toBeDefined();
      expect(stackWith({ access: "instance-connect" }).addresses).not.toContain(`aws_vpc_endpoint.network_${service}`);
    }
  });

  it("are logged for 365 days by default", () => {
    const group = "aws_cloudwatch_log_group.bastion_sessions";
    expect(stack.resource(group)).toMatchObject({ name: "/shop/dev01/bastion", retention_in_days: 365 });
    const other = stackWith({ access: "ssm", sessionLogRetentionDays: 30 });
    expect(other.resource(group)).toMatchObject({ retention_in_days: 30 });
    const document = stack.resource("aws_ssm_document.bastion_sessions");
    expect(document).toMatchObject({ name: "shop-bastion-session-dev01", document_type: "Session" });
    expect(String(document?.content)).toContain(`"cloudWatchLogGroupName" = ${group}.name`);
    expect(String(document?.content)).toContain('"cloudWatchStreamingEnabled" = true');
    expect(String(document?.content)).toContain('"cloudWatchEncryptionEnabled" = false');
    expect(Object.keys(stack.json.output)).toContain("bastion_session_document");
  });

  it("end after 20 minutes without input", () => {
    const { content } = stack.resource("aws_ssm_document.bastion_sessions") ?? {};
    expect(decoded(content)).toMatchObject({ inputs: { idleSessionTimeout: "20" } });
  });

  it("need only the permissions of the agent and of the session log", () => {
    const { statement } = stack.json.data.aws_iam_policy_document?.bastion_role_permissions ?? {};
    expect(statement).toEqual([
      expect.objectContaining({ resources: ["*"] }),
      {
        actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        resources: ["${aws_cloudwatch_log_group.bastion_sessions.arn}:*"],
      },
    ]);
    expect(JSON.stringify(statement)).not.toMatch(/ssm:\*|GetParameter|SendCommand/);
  });
});

describe("SSH to a bastion", () => {
  it("is allowed only from the EC2 Instance Connect endpoint, which reaches nothing else", () => {
    const stack = stackWith({ access: "instance-connect" });
    expect(stack.resource("aws_ec2_instance_connect_endpoint.bastion")).toMatchObject({
      subnet_id: "${aws_subnet.network_private_a.id}",
      security_group_ids: ["${aws_security_group.bastion_endpoint.id}"],
      preserve_client_ip: false,
    });
    expect(rules(stack, "ingress", own)).toEqual(["bastion_from_endpoint_tcp_22 22"]);
    expect(rules(stack, "egress", "bastion_endpoint")).toEqual(["bastion_from_endpoint_tcp_22 22"]);
    expect(stack.json.data.aws_iam_policy_document).not.toHaveProperty("bastion_role_permissions");
  });

  it("is allowed from the configured CIDRs with the configured key, in a public subnet", () => {
    const stack = stackWith(
      { access: "ssh", cidrs: ["198.51.100.0/24", "203.0.113.0/25"], publicKey },
      { network: nat },
    );
    expect(instance(stack)).toMatchObject({
      subnet_id: "${aws_subnet.network_public_a.id}",
      associate_public_ip_address: true,
      key_name: "${aws_key_pair.bastion.key_name}",
    });
    expect(stack.resource("aws_key_pair.bastion")).toMatchObject({ public_key: publicKey });
    expect(rules(stack, "ingress", own)).toEqual([
      "bastion_from_operators_1_tcp_22 22",
      "bastion_from_operators_2_tcp_22 22",
    ]);
    expect(stack.resource("aws_vpc_security_group_ingress_rule.bastion_from_operators_2_tcp_22")).toMatchObject({
      cidr_ipv4: "203.0.113.0/25",
    });
  });
});
