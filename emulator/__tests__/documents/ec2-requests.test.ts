import type { JsonObject } from "../../wire/json";
import { refusalOf } from "./refusal";

const codeOf = (operation: string, input: JsonObject) => refusalOf("ec2", operation, input)?.code;

describe("a security group's rule", () => {
  const rule = (permission: JsonObject) =>
    codeOf("AuthorizeSecurityGroupIngress", {
      GroupId: "sg-1",
      IpPermissions: [{ IpRanges: [{ CidrIp: "10.0.0.0/8" }], ...permission }],
    });

  it.each(["-1", "tcp", "6", "50", "icmpv6", "ICMP"])("has the protocol %s", (IpProtocol) => {
    expect(rule({ IpProtocol, FromPort: 1, ToPort: 1 })).toBeUndefined();
  });

  it.each(["http", "256", "1000", "-2"])("never has the protocol %s", (IpProtocol) => {
    expect(rule({ IpProtocol, FromPort: 1, ToPort: 1 })).toBe("InvalidParameterValue");
  });

  it("has a source", () => {
    expect(rule({ IpProtocol: "-1", IpRanges: [] })).toBe("MissingParameter");
    expect(rule({ IpProtocol: "-1", IpRanges: [], PrefixListIds: [{ PrefixListId: "pl-1" }] })).toBeUndefined();
    expect(codeOf("AuthorizeSecurityGroupIngress", { GroupId: "sg-1", IpPermissions: [] })).toBe("MissingParameter");
    const short = { GroupId: "sg-1", IpProtocol: "tcp", FromPort: 80, ToPort: 80, CidrIp: "10.0.0.0/8" };
    expect(codeOf("AuthorizeSecurityGroupIngress", short)).toBeUndefined();
  });
});

describe("a change of attributes", () => {
  it("of a VPC's DNS has one attribute", () => {
    const [EnableDnsSupport, EnableDnsHostnames] = [{ Value: true }, { Value: true }];
    expect(codeOf("ModifyVpcAttribute", { VpcId: "vpc-1", EnableDnsSupport })).toBeUndefined();
    expect(codeOf("ModifyVpcAttribute", { VpcId: "vpc-1", EnableDnsSupport, EnableDnsHostnames })).toBe(
      "InvalidParameterCombination",
    );
  });

  it("of a subnet has one attribute", () => {
    const MapPublicIpOnLaunch = { Value: true };
    expect(codeOf("ModifySubnetAttribute", { SubnetId: "subnet-1", MapPublicIpOnLaunch })).toBeUndefined();
    expect(codeOf("ModifySubnetAttribute", { SubnetId: "subnet-1", MapPublicIpOnLaunch, EnableDns64: {} })).toBe(
      "InvalidParameterCombination",
    );
  });
});

it("a VPC is peered with another", () => {
  expect(codeOf("CreateVpcPeeringConnection", { VpcId: "vpc-1", PeerVpcId: "vpc-2" })).toBeUndefined();
  expect(codeOf("CreateVpcPeeringConnection", { VpcId: "vpc-1", PeerVpcId: "vpc-1" })).toBe("InvalidParameterValue");
});

it("an IPv6 range of a subnet has 44 to 64 bits in steps of 4", () => {
  const subnet = (range: string) => codeOf("CreateSubnet", { VpcId: "vpc-1", Ipv6CidrBlock: range });
  expect([subnet("2001:db8::/64"), subnet("2001:db8::/56")]).toEqual([undefined, undefined]);
  expect([subnet("2001:db8::/65"), subnet("2001:db8::/63"), subnet("2001:db8::/40")]).toEqual(
    Array(3).fill("InvalidSubnet.Range"),
  );
});

describe("a route", () => {
  const route = (input: JsonObject) =>
    codeOf("CreateRoute", { RouteTableId: "rtb-1", DestinationCidrBlock: "0.0.0.0/0", ...input });

  it("has one target", () => {
    expect(route({ GatewayId: "igw-1" })).toBeUndefined();
    expect(route({})).toBe("MissingParameter");
    expect(route({ GatewayId: "igw-1", NatGatewayId: "nat-1" })).toBe("InvalidParameterCombination");
  });

  it("of IPv4 never goes to an egress-only internet gateway", () => {
    const gateway = { EgressOnlyInternetGatewayId: "eigw-1" };
    expect(route(gateway)).toBe("InvalidParameterCombination");
    expect(
      codeOf("CreateRoute", { RouteTableId: "rtb-1", DestinationIpv6CidrBlock: "::/0", ...gateway }),
    ).toBeUndefined();
  });
});

it("a public NAT gateway has an address, and a private one has none", () => {
  const create = (input: JsonObject) => codeOf("CreateNatGateway", { SubnetId: "subnet-1", ...input });
  expect(create({ AllocationId: "eipalloc-1" })).toBeUndefined();
  expect(create({ ConnectivityType: "private" })).toBeUndefined();
  expect(create({ AvailabilityMode: "regional" })).toBeUndefined();
  expect(create({})).toBe("MissingParameter");
  expect(create({ ConnectivityType: "private", AllocationId: "eipalloc-1" })).toBe("InvalidParameter");
});

describe("a VPC endpoint", () => {
  const create = (service: string, input: JsonObject) =>
    codeOf("CreateVpcEndpoint", { VpcId: "vpc-1", ServiceName: `com.amazonaws.us-east-1.${service}`, ...input });
  const interfaceType = { VpcEndpointType: "Interface" };

  it("is a gateway for S3 and DynamoDB only", () => {
    expect([create("s3", {}), create("dynamodb", { VpcEndpointType: "Gateway" })]).toEqual([undefined, undefined]);
    expect(create("sqs", {})).toBe("InvalidParameter");
    expect(create("ecr.dkr", { VpcEndpointType: "Gateway" })).toBe("InvalidParameter");
    expect(create("s3", interfaceType)).toBeUndefined();
  });

  it("has route tables as a gateway, and otherwise subnets", () => {
    const [tables, subnets] = [{ RouteTableIds: ["rtb-1"] }, { SubnetIds: ["subnet-1"] }];
    expect([create("s3", tables), create("sqs", { ...interfaceType, ...subnets })]).toEqual([undefined, undefined]);
    expect(create("s3", subnets)).toBe("InvalidParameter");
    expect(create("s3", { SecurityGroupIds: ["sg-1"] })).toBe("InvalidParameter");
    expect(create("sqs", { ...interfaceType, ...tables })).toBe("InvalidParameter");
  });
});

describe("an instance", () => {
  const run = (input: JsonObject) => codeOf("RunInstances", { ImageId: "ami-1", MinCount: 1, MaxCount: 1, ...input });
  const dataOf = (bytes: number) => ({ UserData: Buffer.alloc(bytes, "a").toString("base64") });

  it.each([{}, { ImageId: "resolve:ssm:/image" }, dataOf(16384), { MetadataOptions: { HttpPutResponseHopLimit: 64 } }])(
    "is started %#",
    (input: JsonObject) => {
      expect(run(input)).toBeUndefined();
    },
  );

  it.each([
    [{ MinCount: 2 }, "InvalidParameterValue"],
    [{ MinCount: 0, MaxCount: 0 }, "InvalidParameterValue"],
    [{ ImageId: "ubuntu" }, "InvalidAMIID.Malformed"],
    [dataOf(16385), "InvalidParameterValue"],
    [{ MetadataOptions: { HttpPutResponseHopLimit: 65 } }, "InvalidParameterValue"],
  ])("is refused %#", (input: JsonObject, code) => {
    expect(run(input)).toBe(code);
  });

  it("has a key pair of a public key", () => {
    const key = (material: string) =>
      codeOf("ImportKeyPair", { KeyName: "k", PublicKeyMaterial: Buffer.from(material).toString("base64") });
    expect(key("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK key")).toBeUndefined();
    expect(key("not a key")).toBe("InvalidKey.Format");
  });
});

describe("tags", () => {
  const create = (ResourceType: string, ...Tags: JsonObject[]) =>
    codeOf("CreateVpc", { CidrBlock: "10.0.0.0/16", TagSpecifications: [{ ResourceType, Tags }] });
  const [name, other] = [
    { Key: "Name", Value: "shop" },
    { Key: "stage", Value: "" },
  ];

  it("have the type of what is created, and each key once", () => {
    expect(create("vpc", name, other)).toBeUndefined();
    expect(create("subnet", name)).toBe("InvalidParameterValue");
    expect(create("vpc", name, name)).toBe("InvalidParameterValue");
  });

  it.each([
    { Key: "k".repeat(128), Value: "" },
    { Key: "name", Value: "v".repeat(257) },
  ])("never are %#", (tag) => {
    expect(create("vpc", tag)).toBe("InvalidParameterValue");
    expect(codeOf("CreateTags", { Resources: ["vpc-1"], Tags: [tag] })).toBe("InvalidParameterValue");
  });

  it("have keys of up to 127 characters and values of up to 256", () => {
    const Tags = [{ Key: "k".repeat(127), Value: "v".repeat(256) }];
    expect(codeOf("CreateTags", { Resources: ["vpc-1"], Tags })).toBeUndefined();
  });
});

describe("a rule of a network ACL", () => {
  it("has a number from 1 to 32766", () => {
    const code = (RuleNumber: number) => codeOf("CreateNetworkAclEntry", { NetworkAclId: "acl-1", RuleNumber });
    expect([0, 1, 32766, 32767, 40000].map(code)).toEqual([
      "InvalidParameterValue",
      undefined,
      undefined,
      "InvalidParameterValue",
      "InvalidParameterValue",
    ]);
  });
});
