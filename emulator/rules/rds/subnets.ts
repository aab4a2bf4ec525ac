import { object, objects, text } from "../../wire/json";
import type { Rule } from "../rule";
import { reference, service } from "./databases";

/** The subnets in which databases can be. */
export const subnets: readonly Rule[] = [
  {
    name: "db-subnet-group-zones",
    service,
    operations: ["CreateDBSubnetGroup", "ModifyDBSubnetGroup"],
    code: "DBSubnetGroupDoesNotCoverEnoughAZs",
    rule: "The subnets of a DB subnet group are in at least two Availability Zones.",
    source: `${reference}/API_CreateDBSubnetGroup.html`,
    refuse: async ({ input, ask }) => {
      const { Subnets } = await ask("DescribeSubnets", { SubnetIds: input.SubnetIds }, "ec2");
      const zones = new Set(objects(Subnets).map(({ AvailabilityZone }) => text(AvailabilityZone)));
      // Subnets that do not exist are refused by another rule.
      return zones.size === 1
        ? `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${[...zones].join(", ")}. Add subnets to cover at least 2 AZs.`
        : undefined;
    },
  },
  {
    name: "db-subnet-group-vpc",
    service,
    operations: ["CreateDBSubnetGroup"],
    code: "InvalidSubnet",
    rule: "The subnets of a DB subnet group are in one VPC.",
    source: `${reference}/API_CreateDBSubnetGroup.html`,
    refuse: async ({ input, ask }) => {
      const { Subnets } = await ask("DescribeSubnets", { SubnetIds: input.SubnetIds }, "ec2");
      const vpcs = new Set(objects(Subnets).map((subnet) => text(object(subnet).VpcId)));
      return vpcs.size > 1
        ? "The requested subnets are invalid: multiple subnets were requested that are not all in a common VPC."
        : undefined;
    },
  },
];
