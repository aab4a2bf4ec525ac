import type { JsonObject } from "../wire/json";
import { lookUp, type Ask, type ModelledCall } from "./call";
import { ec2Arn } from "./ec2-ids";
import { scalarsAt } from "./request-keys";

type Attributes = Readonly<Record<string, readonly string[]>>;

/** Condition keys of the id in an ARN, by type of resource. */
const ids: Readonly<Record<string, string>> = {
  "elastic-ip": "ec2:AllocationId",
  image: "ec2:ImageID",
  instance: "ec2:InstanceID",
  "internet-gateway": "ec2:InternetGatewayID",
  "key-pair": "ec2:KeyPairName",
  "network-acl": "ec2:NetworkAclID",
  "network-interface": "ec2:NetworkInterfaceID",
  "route-table": "ec2:RouteTableID",
  "security-group": "ec2:SecurityGroupID",
  subnet: "ec2:SubnetID",
  volume: "ec2:VolumeID",
  vpc: "ec2:VpcID",
};

/** Operations that describe what lies in a VPC, with the member that names it, by type of resource. */
const described: Readonly<Record<string, readonly [operation: string, member: string, output: string]>> = {
  instance: ["DescribeInstances", "InstanceIds", "Reservations.Instances"],
  "network-acl": ["DescribeNetworkAcls", "NetworkAclIds", "NetworkAcls"],
  "network-interface": ["DescribeNetworkInterfaces", "NetworkInterfaceIds", "NetworkInterfaces"],
  "route-table": ["DescribeRouteTables", "RouteTableIds", "RouteTables"],
  "security-group": ["DescribeSecurityGroups", "GroupIds", "SecurityGroups"],
  subnet: ["DescribeSubnets", "SubnetIds", "Subnets"],
};

/** Condition keys of what a request creates, with the members that have their values, by type of resource. */
const created: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  instance: {
    "ec2:AvailabilityZone": ["Placement.AvailabilityZone"],
    "ec2:EbsOptimized": ["EbsOptimized"],
    "ec2:InstanceMarketType": ["InstanceMarketOptions.MarketType"],
    "ec2:InstanceType": ["InstanceType"],
    "ec2:MetadataHttpEndpoint": ["MetadataOptions.HttpEndpoint"],
    "ec2:MetadataHttpPutResponseHopLimit": ["MetadataOptions.HttpPutResponseHopLimit"],
    "ec2:MetadataHttpTokens": ["MetadataOptions.HttpTokens"],
    "ec2:Tenancy": ["Placement.Tenancy"],
  },
  "network-interface": { "ec2:AssociatePublicIpAddress": ["NetworkInterfaces.AssociatePublicIpAddress"] },
  volume: {
    "ec2:AvailabilityZone": ["AvailabilityZone"],
    "ec2:Encrypted": ["Encrypted", "BlockDeviceMappings.Ebs.Encrypted"],
    "ec2:VolumeIops": ["Iops", "BlockDeviceMappings.Ebs.Iops"],
    "ec2:VolumeSize": ["Size", "BlockDeviceMappings.Ebs.VolumeSize"],
    "ec2:VolumeType": ["VolumeType", "BlockDeviceMappings.Ebs.VolumeType"],
  },
  "vpc-endpoint": { "ec2:VpceServiceName": ["ServiceName"] },
};

/**
 * The condition keys of a resource of Amazon EC2: of what exists by its description, of what the request creates by the
 * request. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export async function ec2Attributes(call: ModelledCall, arn: string, ask: Ask): Promise<Attributes> {
  const [type = "", id = "*"] = (arn.split(":")[5] ?? "").split("/");
  if (id !== "*") {
    const key = ids[type];
    return { ...(key !== undefined && { [key]: [id] }), ...(await placeOf(call, type, id, ask)) };
  }
  const ofRequest = Object.entries(created[type] ?? {}).map(([key, paths]): [string, readonly string[]] => [
    key,
    paths.flatMap((path) => scalarsAt(call.input, path)),
  ]);
  const [subnet] = ["SubnetId", "NetworkInterfaces.SubnetId"].flatMap((path) => scalarsAt(call.input, path));
  const isIn = subnet !== undefined && (type === "network-interface" || type === "instance");
  const { "ec2:Vpc": vpc = [], "ec2:AvailabilityZone": zone = [] } = isIn
    ? await placeOf(call, "subnet", subnet, ask)
    : {};
  return withValues({
    "ec2:AvailabilityZone": zone,
    ...(isIn && type === "network-interface" && { "ec2:Subnet": [ec2Arn(call, "subnet", subnet)], "ec2:Vpc": vpc }),
    ...withValues(Object.fromEntries(ofRequest)),
  });
}

async function placeOf(call: ModelledCall, type: string, id: string, ask: Ask): Promise<Attributes> {
  const [operation, member = "", path = ""] = described[type] ?? [];
  if (operation === undefined) return {};
  const found: JsonObject = (await lookUp(ask("ec2", operation, { [member]: [id] }))) ?? {};
  const values = (name: string) => scalarsAt(found, `${path}.${name}`).slice(0, 1);
  return withValues({
    "ec2:AvailabilityZone": [...values("AvailabilityZone"), ...values("Placement.AvailabilityZone")],
    "ec2:InstanceType": values("InstanceType"),
    "ec2:Subnet": type === "network-interface" ? values("SubnetId").map((each) => ec2Arn(call, "subnet", each)) : [],
    // The list gives instances no key for their VPC.
    "ec2:Vpc": type === "instance" ? [] : values("VpcId").map((each) => ec2Arn(call, "vpc", each)),
  });
}

function withValues(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, values]) => values.length > 0));
}
