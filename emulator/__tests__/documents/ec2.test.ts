import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

describe("a security group", () => {
  const group = (change: JsonObject) =>
    refusalOf("ec2", "CreateSecurityGroup", {
      GroupName: "shop-alb",
      Description: "Guards alb; its rules are separate resources",
      VpcId: "vpc-1",
      ...change,
    })?.message;
  const rule = (permission: JsonObject, operation = "AuthorizeSecurityGroupIngress") =>
    refusalOf("ec2", operation, { GroupId: "sg-1", IpPermissions: [{ ...anywhere, ...permission }] });
  const anywhere = { IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
  const tcp = { IpProtocol: "tcp", FromPort: 80, ToPort: 443 };

  it("has a name and a description", () => {
    expect(group({})).toBeUndefined();
    expect(group({ GroupName: "sg-shop" })).toBe("Invalid group name. Group names may not be in the format sg-*");
    expect(group({ Description: "shop's group" })).toMatch(/^Invalid security group description/);
    expect(group({ Description: "a".repeat(256) })).toMatch(/^Invalid security group description/);
  });

  it.each([
    [tcp],
    [{ IpProtocol: "-1" }],
    [{ IpProtocol: "icmp", FromPort: 8, ToPort: -1 }],
    [{ IpProtocol: "icmpv6", FromPort: -1, ToPort: -1 }],
    [{ ...tcp, UserIdGroupPairs: [{ GroupId: "sg-2", Description: "alb to web: requests" }] }],
    [{ ...tcp, IpRanges: [{ CidrIp: "10.0.0.1/16" }] }],
  ])("has the rule %j", (permission) => {
    expect(rule(permission)).toBeUndefined();
  });

  it.each([
    [{ ...tcp, ToPort: 79 }, "InvalidParameterValue"],
    [{ ...tcp, ToPort: undefined }, "InvalidParameterValue"],
    [{ ...tcp, ToPort: 65536 }, "InvalidPermission.Malformed"],
    [{ ...tcp, IpRanges: [{ CidrIp: "0.0.0.0/0", Description: "who's there?" }] }, "InvalidParameterValue"],
  ])("never has the rule %j", (permission, code) => {
    expect(rule(permission)?.code).toBe(code);
    expect(rule(permission, "AuthorizeSecurityGroupEgress")?.code).toBe(code);
  });
});

describe("a CIDR block", () => {
  it("of a VPC and a subnet has 16 to 28 bits", () => {
    expect(refusalOf("ec2", "CreateVpc", { CidrBlock: "10.0.0.0/16" })).toBeUndefined();
    expect(refusalOf("ec2", "CreateSubnet", { VpcId: "vpc-1", CidrBlock: "10.0.0.0/28" })).toBeUndefined();
    expect(refusalOf("ec2", "CreateVpc", { CidrBlock: "10.0.0.0/8" })?.code).toBe("InvalidVpc.Range");
    expect(refusalOf("ec2", "CreateSubnet", { VpcId: "vpc-1", CidrBlock: "10.0.0.0/29" })).toEqual({
      code: "InvalidSubnet.Range",
      message: "The CIDR '10.0.0.0/29' is invalid.",
    });
  });

  it("can have host bits, which EC2 sets to zero", () => {
    expect(refusalOf("ec2", "CreateVpc", { CidrBlock: "100.68.0.18/18" })).toBeUndefined();
  });
});
