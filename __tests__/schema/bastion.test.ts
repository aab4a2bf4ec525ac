import { parseStage } from "../../schema/loader";
import { bastion } from "../../schema/bastion";
import { minimalService, minimalStage, ingresses } from "../fixtures/stage";

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGJlZW4= ops@example.com";
const ssh = { access: "ssh", cidrs: ["198.51.100.0/24"], publicKey };

function problems(input: object): string[] {
  const { error } = bastion.safeParse(input);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("a bastion", () => {
  it("requires only its access", () => {
    expect(bastion.parse({ access: "ssm" })).toEqual({
      access: "ssm",
      instanceType: "t4g.nano",
      sessionLogRetentionDays: 365,
    });
    expect(bastion.parse({ access: "instance-connect" })).toEqual({
      access: "instance-connect",
      instanceType: "t4g.nano",
    });
    expect(problems(ssh)).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    ['access "telnet"', { access: "telnet" }, /^access: must be one of "ssm", "instance-connect", "ssh"/],
    [
      "0.0.0.0/0",
      { ...ssh, cidrs: ["0.0.0.0/0"] },
      /^cidrs.0: must not be wider than \/16; write ranges of \/16 or narrower, or access: "ssm"/,
    ],
    [
      "a range of /15",
      { ...ssh, cidrs: ["10.0.0.0/15"] },
      /^cidrs.0: must not be wider than \/16; write ranges of \/16 or narrower, or access: "ssm"/,
    ],
    [
      "host bits",
      { ...ssh, cidrs: ["198.51.100.1/24"] },
      /^cidrs.0: must not contain host bits; use "198.51.100.0\/24"/,
    ],
    [
      "an address without a prefix length",
      { ...ssh, cidrs: ["198.51.100.1"] },
      /^cidrs.0: must be an IPv4 CIDR block; write one such as "198\.51\.100\.0\/24"/,
    ],
    [
      "an empty list of ranges",
      { ...ssh, cidrs: [] },
      /^cidrs: must not be empty; write a range such as "198.51.100.0\/24"/,
    ],
    [
      "a range twice",
      { ...ssh, cidrs: ["10.0.0.0/16", "10.0.0.0/16"] },
      /^cidrs: must not contain the same range twice; write each once/,
    ],
    [
      "a private key",
      { ...ssh, publicKey: "-----BEGIN" },
      /^publicKey: must be a public SSH key; write the one line of the \.pub file/,
    ],
    [
      "an instance type with an Intel processor",
      { access: "ssm", instanceType: "t3.nano" },
      /^instanceType: must be an EC2 instance type with an ARM processor; write one such as "t4g\.nano"/,
    ],
    [
      "an instance type with a GPU and an Intel processor",
      { access: "ssm", instanceType: "g4dn.xlarge" },
      /^instanceType: must be an EC2 instance type with an ARM processor; write one such as "t4g\.nano"/,
    ],
  ])("refuses %s", (_, input, message) => {
    expect(problems(input)).toEqual([expect.stringMatching(message)]);
  });

  it("accepts a range of /16", () => {
    expect(problems({ ...ssh, cidrs: ["10.0.0.0/16"] })).toEqual([]);
  });
});

describe("a bastion of a stage", () => {
  const withDatabase = {
    data: { postgres: { kind: "instance" } },
    services: { orders: { ...minimalService, uses: ["postgres"] } },
  };
  const found = (fields: object) =>
    parseStage("stage.ts", { ...minimalStage, ...fields }).problems.map(({ field, message }) => `${field}: ${message}`);

  it("has a database to reach", () => {
    expect(found({ ...withDatabase, bastion: { access: "ssm" } })).toEqual([]);
    expect(found({ bastion: { access: "ssm" } })).toEqual([
      expect.stringMatching(/^bastion: has no database to reach; write data\.postgres or data\.redis, or remove it/),
    ]);
  });

  it("is reached by SSH only with an internet gateway", () => {
    expect(found({ ...withDatabase, bastion: ssh })).toEqual([
      expect.stringMatching(
        /^bastion.access: cannot be reached in a VPC without an internet gateway; write "ssm" or "instance-connect"/,
      ),
    ]);
    expect(found({ ...withDatabase, bastion: ssh, ingress: ingresses.alb })).toEqual([]);
    const network = { ...minimalStage.network, egress: { mode: "nat-gateway" } };
    expect(found({ ...withDatabase, bastion: ssh, network })).toEqual([]);
  });
});
