import { list, objects, text } from "../../wire/json";
import { networkRules, vpcOfSubnet, type Network, type NetworkUser } from "../network";
import type { Rule, RuleCall } from "../rule";
import { endpointOf } from "./endpoints";
import { reference, service } from "./source";

const differentNetworks: NetworkUser["otherVpc"] = {
  code: "InvalidParameter",
  message: ({ id, expected }) =>
    `${id.startsWith("sg-") ? "Security group" : "Subnet"} ${id} and ${expected} belong to different networks.`,
};

/** Rules on the VPC of interfaces, instances, endpoints and route tables. */
export const networks: readonly Rule[] = [
  ...networkRules({
    name: "interface",
    resource: "a network interface",
    service,
    operations: ["CreateNetworkInterface", "CreateInstanceConnectEndpoint"],
    source: `${reference}/API_CreateNetworkInterface.html`,
    network: ({ input }) => ({ subnets: [input.SubnetId], securityGroups: input.Groups ?? input.SecurityGroupIds }),
    missingSecurityGroup: {
      code: "InvalidSecurityGroupID.NotFound",
      message: (id) => `The securityGroup ID '${id}' does not exist`,
    },
    otherVpc: differentNetworks,
  }),
  ...networkRules({
    name: "instance",
    resource: "an instance",
    service,
    operations: ["RunInstances"],
    source: `${reference}/API_RunInstances.html`,
    network: networkOfInstance,
    missingSecurityGroup: {
      code: "InvalidGroup.NotFound",
      message: (id) => `The security group '${id}' does not exist`,
    },
    otherVpc: differentNetworks,
  }),
  ...networkRules({
    name: "endpoint",
    resource: "an interface endpoint",
    service,
    operations: ["CreateVpcEndpoint", "ModifyVpcEndpoint"],
    source: `${reference}/API_CreateVpcEndpoint.html`,
    network: networkOfEndpoint,
    missingSubnet: {
      code: "InvalidSubnetId.NotFound",
      message: (id) => `The subnet ID '${id}' does not exist`,
    },
    missingSecurityGroup: {
      code: "InvalidSecurityGroupId.NotFound",
      message: (id) => `The security group ID '${id}' does not exist`,
    },
    otherVpc: differentNetworks,
  }),
  {
    name: "endpoint-route-table-vpc",
    service,
    operations: ["CreateVpcEndpoint", "ModifyVpcEndpoint"],
    code: "InvalidParameter",
    rule: "The route tables of a gateway endpoint are of its VPC.",
    source: `${reference}/API_CreateVpcEndpoint.html`,
    refuse: async (call) => {
      const ids = [...list(call.input.RouteTableIds), ...list(call.input.AddRouteTableIds)];
      if (ids.length === 0) return undefined;
      const vpc = text((await endpointOf(call)).VpcId);
      const { RouteTables } = await call.ask("DescribeRouteTables", { RouteTableIds: ids });
      const other = objects(RouteTables).find(({ VpcId }) => VpcId !== vpc);
      return other && `Route table ${text(other.RouteTableId)} and ${vpc} belong to different networks`;
    },
  },
  {
    name: "route-table-of-another-vpc",
    service,
    operations: ["AssociateRouteTable"],
    code: "InvalidParameterValue",
    rule: "A subnet is associated with a route table of its VPC.",
    source: `${reference}/API_AssociateRouteTable.html`,
    refuse: async ({ input, ask }) => {
      const { RouteTableId, SubnetId } = input;
      const vpc = await vpcOfSubnet(ask, SubnetId);
      const { RouteTables } = await ask("DescribeRouteTables", { RouteTableIds: [RouteTableId] });
      const [table] = objects(RouteTables);
      return vpc === undefined || table === undefined || table.VpcId === vpc
        ? undefined
        : `Route table ${text(RouteTableId)} and subnet ${text(SubnetId)} belong to different networks`;
    },
  },
  {
    name: "security-group-vpc-unknown",
    service,
    operations: ["CreateSecurityGroup"],
    code: "InvalidVpcID.NotFound",
    rule: "The VPC of a security group exists.",
    source: `${reference}/API_CreateSecurityGroup.html`,
    refuse: async ({ input, ask }) => {
      if (input.VpcId === undefined) return undefined;
      const { Vpcs } = await ask("DescribeVpcs", { Filters: [{ Name: "vpc-id", Values: [input.VpcId] }] });
      return list(Vpcs).length > 0 ? undefined : `The vpc ID '${text(input.VpcId)}' does not exist`;
    },
  },
];

/** The groups of an instance, or those of its first interface; the others may be in further subnets of the VPC. */
function networkOfInstance({ input }: RuleCall): Network {
  const [first] = objects(input.NetworkInterfaces);
  const { SubnetId, Groups } = first ?? { SubnetId: input.SubnetId, Groups: input.SecurityGroupIds };
  return { subnets: [SubnetId], securityGroups: Groups };
}

async function networkOfEndpoint(call: RuleCall): Promise<Network> {
  const { SubnetIds, AddSubnetIds, SecurityGroupIds, AddSecurityGroupIds } = call.input;
  const vpc = text((await endpointOf(call)).VpcId);
  const added = {
    subnets: [...list(SubnetIds), ...list(AddSubnetIds)],
    securityGroups: [...list(SecurityGroupIds), ...list(AddSecurityGroupIds)],
  };
  return vpc === "" ? added : { ...added, vpc };
}
