import { arnIn, partitionOf, type ModelledCall } from "./call";
import { allStrings } from "./input";

/**
 * Resource types of EC2 by the prefix of their ids.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
const typesByPrefix: Readonly<Record<string, string>> = {
  acl: "network-acl",
  ami: "image",
  cgw: "customer-gateway",
  dopt: "dhcp-options",
  eice: "instance-connect-endpoint",
  eigw: "egress-only-internet-gateway",
  eipalloc: "elastic-ip",
  eni: "network-interface",
  fl: "vpc-flow-log",
  i: "instance",
  igw: "internet-gateway",
  lt: "launch-template",
  nat: "natgateway",
  pcx: "vpc-peering-connection",
  pl: "prefix-list",
  rtb: "route-table",
  sg: "security-group",
  sgr: "security-group-rule",
  snap: "snapshot",
  subnet: "subnet",
  tgw: "transit-gateway",
  vgw: "vpn-gateway",
  vol: "volume",
  vpc: "vpc",
  vpce: "vpc-endpoint",
  "vpce-svc": "vpc-endpoint-service",
};

// What a rule or a filter refers to is not changed by the call.
const referring = ["Filter", "Filters", "IpPermissions", "ReferencedGroupId", "TagSpecifications"];

/** The ARNs of the resources whose ids the input of a call to EC2 contains. */
export function ec2Arns(call: ModelledCall): string[] {
  return allStrings(call.input, referring).flatMap((id) => {
    const [, prefix = ""] = /^([a-z]+(?:-svc)?)-[0-9a-f]{8,}$/.exec(id) ?? [];
    const type = typesByPrefix[prefix];
    return type === undefined ? [] : [ec2Arn(call, type, id)];
  });
}

/** The ARN of a resource of EC2; images and snapshots belong to no account. */
export function ec2Arn(call: ModelledCall, type: string, id: string): string {
  if (type !== "image" && type !== "snapshot") return arnIn(call, "ec2", `${type}/${id}`);
  return `arn:${partitionOf(call.region)}:ec2:${call.region}::${type}/${id}`;
}
