import { BlockList } from "node:net";
import { object, objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { reference, service } from "./source";

/** Rules of the IPv6 ranges of subnets. */
export const ipv6Rules: readonly Rule[] = [
  {
    name: "subnet-ipv6-outside-vpc",
    service,
    operations: ["CreateSubnet", "AssociateSubnetCidrBlock"],
    code: "InvalidSubnet.Range",
    rule: "The IPv6 range of a subnet is part of a range of its VPC.",
    source: `${reference}/API_CreateSubnet.html`,
    refuse: async (call) => {
      const range = text(call.input.Ipv6CidrBlock);
      const vpc = await vpcOf(call);
      if (range === "" || vpc === undefined) return undefined;
      const { Vpcs } = await call.ask("DescribeVpcs", { VpcIds: [vpc] });
      return objects(Vpcs)
        .flatMap(ipv6Ranges)
        .some((outer) => contains(outer, range))
        ? undefined
        : `The CIDR '${range}' is invalid.`;
    },
  },
  {
    name: "subnet-ipv6-in-use",
    service,
    operations: ["CreateSubnet", "AssociateSubnetCidrBlock"],
    code: "InvalidSubnet.Conflict",
    rule: "An IPv6 range belongs to one subnet.",
    source: `${reference}/API_CreateSubnet.html`,
    refuse: async (call) => {
      const range = text(call.input.Ipv6CidrBlock);
      const vpc = await vpcOf(call);
      if (range === "" || vpc === undefined) return undefined;
      const { Subnets } = await call.ask("DescribeSubnets", { Filters: [{ Name: "vpc-id", Values: [vpc] }] });
      return objects(Subnets)
        .flatMap(ipv6Ranges)
        .some((other) => contains(other, range) || contains(range, other))
        ? `The CIDR '${range}' conflicts with another subnet`
        : undefined;
    },
  },
];

async function vpcOf({ input, ask }: RuleCall): Promise<string | undefined> {
  if (input.VpcId !== undefined) return text(input.VpcId);
  const { Subnets } = await ask("DescribeSubnets", { SubnetIds: [input.SubnetId] });
  const [subnet] = objects(Subnets);
  return subnet && text(subnet.VpcId);
}

/** The associated IPv6 ranges of a VPC or subnet. */
function ipv6Ranges({ Ipv6CidrBlockAssociationSet }: JsonObject): readonly string[] {
  return objects(Ipv6CidrBlockAssociationSet)
    .filter((association) =>
      ["associated", "associating"].includes(
        text(object(association.Ipv6CidrBlockState ?? association.SubnetCidrBlockState).State),
      ),
    )
    .map(({ Ipv6CidrBlock }) => text(Ipv6CidrBlock));
}

function contains(outer: string, inner: string): boolean {
  const [network = "", bits] = outer.split("/");
  const [address = "", innerBits] = inner.split("/");
  const block = new BlockList();
  block.addSubnet(network, Number(bits), "ipv6");
  return Number(innerBits) >= Number(bits) && block.check(address, "ipv6");
}
