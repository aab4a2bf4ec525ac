import { arnOf, type Place } from "../place";
import type { ActionTable } from "./table";

const on = (place: Place) => [arnOf(place, "ec2", "*")];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const securityGroups: ActionTable = {
  aws_security_group: {
    // A new group may reach everything, until the provider takes this rule away.
    create: ["ec2:CreateSecurityGroup", "ec2:CreateTags", "ec2:RevokeSecurityGroupEgress"],
    read: ["ec2:DescribeSecurityGroups"],
    update: ["ec2:CreateTags", "ec2:DeleteTags"],
    delete: ["ec2:DeleteSecurityGroup", "ec2:DescribeNetworkInterfaces"],
    on,
  },
  aws_default_security_group: {
    // AWS makes the group; the provider adopts and empties it.
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
