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
  it("asks for nothing but how it is entered", () => {
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
    ["another access", { access: "telnet" }, /^access: is no access; write "ssm", "instance-connect" or "ssh"/],
    ["the world", { ...ssh, cidrs: ["0.0.0.0/0"] }, /^cidrs.0: lets too many try; write ranges of \/16 or narrower/],
    ["half the world", { ...ssh, cidrs: ["10.0.0.0/15"] }, /^cidrs.0: lets too many try/],
    ["host bits", { ...ssh, cidrs: ["198.51.100.1/24"] }, /^cidrs.0: has host bits; write "198.51.100.0\/24"/],
    ["an address alone", { ...ssh, cidrs: ["198.51.100.1"] }, /^cidrs.0: is no IPv4 CIDR block; write one such as/],
    ["nobody", { ...ssh, cidrs: [] }, /^cidrs: is empty; write a range such as "198.51.100.0\/24"/],
    [
      "a range twice",
      { ...ssh, cidrs: ["10.0.0.0/16", "10.0.0.0/16"] },
      /^cidrs: names a range twice; write each once/,
    ],
    ["a private key", { ...ssh, publicKey: "-----BEGIN" }, /^publicKey: is no public key of SSH; write the one line/],
    ["a type for Intel", { access: "ssm", instanceType: "t3.nano" }, /^instanceType: is no type of EC2 for ARM/],
    ["a type with a graphics card", { access: "ssm", instanceType: "g4dn.xlarge" }, /^instanceType: is no type of EC2/],
  ])("refuses %s", (_, input, message) => {
    expect(problems(input)).toEqual([expect.stringMatching(message)]);
  });

  it("takes a range of /16", () => {
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

  it("leads to a database", () => {
    expect(found({ ...withDatabase, bastion: { access: "ssm" } })).toEqual([]);
    expect(found({ bastion: { access: "ssm" } })).toEqual([
      expect.stringMatching(/^bastion: leads nowhere; write data.postgres or data.redis, or remove it/),
    ]);
  });

  it("is reached by SSH only where the internet reaches the VPC", () => {
    expect(found({ ...withDatabase, bastion: ssh })).toEqual([
      expect.stringMatching(/^bastion.access: cannot come into a VPC without the internet; write "ssm"/),
    ]);
    expect(found({ ...withDatabase, bastion: ssh, ingress: ingresses.alb })).toEqual([]);
    const network = { ...minimalStage.network, egress: { mode: "nat-gateway" } };
    expect(found({ ...withDatabase, bastion: ssh, network })).toEqual([]);
  });
});
