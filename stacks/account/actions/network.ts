import { arnOf, type ArnScope } from "../../arn";
import type { ActionTable } from "./table";

// AWS generates the ids of these resources, so their ARNs can be restricted to a region and an account only.
const on = (scope: ArnScope) => [arnOf(scope, "ec2", "*")];
const tags = { create: ["ec2:CreateTags"], update: ["ec2:CreateTags", "ec2:DeleteTags"] };

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const network: ActionTable = {
  aws_vpc: {
    create: [...tags.create, "ec2:CreateVpc", "ec2:ModifyVpcAttribute"],
    // The provider reads the defaults that AWS creates with a VPC.
    read: [
      "ec2:DescribeNetworkAcls",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeVpcAttribute",
      "ec2:DescribeVpcs",
    ],
    update: [...tags.update, "ec2:ModifyVpcAttribute"],
    delete: ["ec2:DeleteVpc"],
    on,
  },
  aws_subnet: {
    create: [...tags.create, "ec2:CreateSubnet", "ec2:ModifySubnetAttribute"],
    read: ["ec2:DescribeSubnets"],
    update: [...tags.update, "ec2:ModifySubnetAttribute"],
    delete: ["ec2:DeleteSubnet", "ec2:DescribeNetworkInterfaces"],
    on,
  },
  aws_internet_gateway: {
    create: [...tags.create, "ec2:AttachInternetGateway", "ec2:CreateInternetGateway"],
    read: ["ec2:DescribeInternetGateways"],
    update: [...tags.update, "ec2:AttachInternetGateway", "ec2:DetachInternetGateway"],
    delete: ["ec2:DeleteInternetGateway", "ec2:DetachInternetGateway"],
    on,
  },
  aws_eip: {
    create: [...tags.create, "ec2:AllocateAddress"],
    read: ["ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute"],
    update: tags.update,
    delete: ["ec2:DisassociateAddress", "ec2:ReleaseAddress"],
    on,
  },
  aws_nat_gateway: {
    create: [...tags.create, "ec2:CreateNatGateway"],
    read: ["ec2:DescribeNatGateways"],
    update: tags.update,
    delete: ["ec2:DeleteNatGateway"],
    on,
  },
  aws_route_table: {
    create: [...tags.create, "ec2:CreateRouteTable"],
    read: ["ec2:DescribeRouteTables"],
    update: tags.update,
    delete: ["ec2:DeleteRouteTable", "ec2:DisassociateRouteTable"],
    on,
  },
  aws_route: {
    create: ["ec2:CreateRoute"],
    read: ["ec2:DescribeRouteTables"],
    update: ["ec2:ReplaceRoute"],
    delete: ["ec2:DeleteRoute"],
    on,
  },
  aws_route_table_association: {
    create: ["ec2:AssociateRouteTable"],
    read: ["ec2:DescribeRouteTables"],
    update: ["ec2:ReplaceRouteTableAssociation"],
    delete: ["ec2:DisassociateRouteTable"],
    on,
  },
  aws_vpc_endpoint: {
    create: [...tags.create, "ec2:CreateVpcEndpoint"],
    read: ["ec2:DescribePrefixLists", "ec2:DescribeVpcEndpoints"],
    update: [...tags.update, "ec2:ModifyVpcEndpoint"],
    delete: ["ec2:DeleteVpcEndpoints"],
    on,
  },
  aws_flow_log: {
    create: [...tags.create, "ec2:CreateFlowLogs"],
    read: ["ec2:DescribeFlowLogs"],
    update: tags.update,
    delete: ["ec2:DeleteFlowLogs"],
    on,
    passesRolesTo: ["vpc-flow-logs.amazonaws.com"],
  },
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const securityGroups: ActionTable = {
  aws_security_group: {
    // AWS creates a group with a rule for all egress, which the provider revokes.
    create: ["ec2:CreateSecurityGroup", "ec2:CreateTags", "ec2:RevokeSecurityGroupEgress"],
    read: ["ec2:DescribeSecurityGroups"],
    update: ["ec2:CreateTags", "ec2:DeleteTags"],
    delete: ["ec2:DeleteSecurityGroup", "ec2:DescribeNetworkInterfaces"],
    on,
  },
  aws_default_security_group: {
    // AWS creates the group; the provider adopts it and removes its rules.
    create: ["ec2:CreateTags", "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress"],
    read: ["ec2:DescribeSecurityGroups"],
    update: ["ec2:CreateTags", "ec2:DeleteTags"],
    on,
  },
  aws_vpc_security_group_ingress_rule: {
    create: ["ec2:AuthorizeSecurityGroupIngress", "ec2:CreateTags"],
    read: ["ec2:DescribeSecurityGroupRules"],
    update: ["ec2:CreateTags", "ec2:DeleteTags", "ec2:ModifySecurityGroupRules"],
    delete: ["ec2:RevokeSecurityGroupIngress"],
    on,
  },
  aws_vpc_security_group_egress_rule: {
    create: ["ec2:AuthorizeSecurityGroupEgress", "ec2:CreateTags"],
    read: ["ec2:DescribeSecurityGroupRules"],
    update: ["ec2:CreateTags", "ec2:DeleteTags", "ec2:ModifySecurityGroupRules"],
    delete: ["ec2:RevokeSecurityGroupEgress"],
    on,
  },
};
