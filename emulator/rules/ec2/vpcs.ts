import { list, object, objects, text } from "../../wire/json";
import type { Quotas } from "../quotas";
import type { Rule, RuleCall } from "../rule";
import { attachments, isKept } from "./attachments";
import { reference, service } from "./source";

/** Rules of VPCs and their subnets. */
export function vpcRules({ vpcs }: Quotas): readonly Rule[] {
  return [
    {
      name: "too-many-vpcs",
      service,
      operations: ["CreateVpc"],
      code: "VpcLimitExceeded",
      rule: "A region has at most 5 VPCs of an account, the default VPC included.",
      source: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
      refuse: async ({ ask }) =>
        list((await ask("DescribeVpcs")).Vpcs).length >= vpcs
          ? "The maximum number of VPCs has been reached."
          : undefined,
    },
    {
      name: "vpc-in-use",
      service,
      operations: ["DeleteVpc"],
      code: "DependencyViolation",
      rule: "A VPC with security groups, gateways, endpoints or subnets cannot be deleted.",
      source: `${reference}/API_DeleteVpc.html`,
      refuse: async (call) => {
        const id = text(call.input.VpcId);
        return (await hasDependencies(call, id))
          ? `The vpc '${id}' has dependencies and cannot be deleted.`
          : undefined;
      },
    },
    {
      name: "subnet-in-use",
      service,
      operations: ["DeleteSubnet"],
      code: "DependencyViolation",
      rule: "A subnet with network interfaces cannot be deleted.",
      source: `${reference}/API_DeleteSubnet.html`,
      refuse: async ({ input, ask }) => {
        const id = text(input.SubnetId);
        return (await attachments(ask)).some(({ subnets }) => subnets.includes(id))
          ? `The subnet '${id}' has dependencies and cannot be deleted.`
          : undefined;
      },
    },
    {
      name: "vpc-range-in-use",
      service,
      operations: ["DisassociateVpcCidrBlock"],
      code: "InvalidCidrBlock.InUse",
      rule: "An IPv6 range of a VPC with subnets in it cannot be disassociated.",
      source: `${reference}/API_DisassociateVpcCidrBlock.html`,
      refuse: async ({ input, ask }) => {
        const { Vpcs } = await ask("DescribeVpcs");
        for (const { VpcId, Ipv6CidrBlockAssociationSet } of objects(Vpcs)) {
          const isOfVpc = objects(Ipv6CidrBlockAssociationSet).some(
            ({ AssociationId }) => AssociationId === input.AssociationId,
          );
          if (!isOfVpc) continue;
          const { Subnets } = await ask("DescribeSubnets", { Filters: [{ Name: "vpc-id", Values: [text(VpcId)] }] });
          const isInUse = objects(Subnets).some((subnet) =>
            objects(subnet.Ipv6CidrBlockAssociationSet).some(
              ({ Ipv6CidrBlockState }) => object(Ipv6CidrBlockState).State === "associated",
            ),
          );
          return isInUse
            ? `The vpc ${text(VpcId)} currently has a subnet within the CIDR block of the association '${text(input.AssociationId)}'`
            : undefined;
        }
        return undefined;
      },
    },
  ];
}

async function hasDependencies({ ask }: RuleCall, vpcId: string): Promise<boolean> {
  const ofVpc = { Filters: [{ Name: "vpc-id", Values: [vpcId] }] };
  const attached = { Filters: [{ Name: "attachment.vpc-id", Values: [vpcId] }] };
  const { SecurityGroups } = await ask("DescribeSecurityGroups", ofVpc);
  const { Subnets } = await ask("DescribeSubnets", ofVpc);
  const { VpcEndpoints } = await ask("DescribeVpcEndpoints", ofVpc);
  const { InternetGateways } = await ask("DescribeInternetGateways", attached);
  const { EgressOnlyInternetGateways } = await ask("DescribeEgressOnlyInternetGateways");
  return (
    objects(SecurityGroups).some(({ GroupName }) => GroupName !== "default") ||
    list(Subnets).length > 0 ||
    objects(VpcEndpoints).some(isKept) ||
    list(InternetGateways).length > 0 ||
    objects(EgressOnlyInternetGateways).some(({ Attachments }) =>
      objects(Attachments).some(({ VpcId }) => VpcId === vpcId),
    )
  );
}
