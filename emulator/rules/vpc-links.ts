import { list, objects, text } from "../wire/json";
import { networkRules } from "./network";
import type { RuleSet } from "./rule";

const source = "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html";

/** The zones without VPC links, by the table of the page. */
const zonesWithout = ["use1-az3", "usw1-az2", "apne1-az3", "euw3-az2"];
/** The only zones of a region with VPC links, where the table has fewer than the region. */
const zonesWith: Readonly<Record<string, readonly string[]>> = {
  ape1: ["ape1-az2", "ape1-az3"],
  cac1: ["cac1-az1", "cac1-az2"],
};

/** Rules of the VPC links of HTTP APIs that concern the network. */
export function vpcLinks(): RuleSet {
  return {
    rules: [
      {
        name: "vpc-link-zone",
        service: "apigateway",
        operations: ["CreateVpcLink"],
        code: "BadRequestException",
        rule: "A VPC link V2 has subnets in the Availability Zones that the service supports.",
        source,
        refuse: async ({ input, ask }) => {
          // A VPC link of REST APIs has targets in place of subnets.
          const SubnetIds = list(input.SubnetIds);
          if (SubnetIds.length === 0) return undefined;
          const { Subnets } = await ask("DescribeSubnets", { SubnetIds }, "ec2");
          const subnet = objects(Subnets).find(({ AvailabilityZoneId }) => !hasVpcLinks(text(AvailabilityZoneId)));
          return (
            subnet &&
            `Subnet ${text(subnet.SubnetId)} is in Availability Zone ${text(subnet.AvailabilityZoneId)}, which VPC links do not support`
          );
        },
      },
      ...networkRules({
        name: "vpc-link",
        resource: "a VPC link V2",
        service: "apigateway",
        operations: ["CreateVpcLink"],
        source,
        network: ({ input }) => ({ subnets: input.SubnetIds, securityGroups: input.SecurityGroupIds }),
        missingSubnet: { code: "BadRequestException", message: (id) => `The subnet ID '${id}' does not exist` },
        missingSecurityGroup: {
          code: "BadRequestException",
          message: (id) => `The security group '${id}' does not exist`,
        },
        otherVpc: { code: "BadRequestException", message: ({ id, expected }) => `${id} is not in the VPC ${expected}` },
      }),
    ],
  };
}

function hasVpcLinks(zoneId: string): boolean {
  const [region = ""] = zoneId.split("-");
  return !zonesWithout.includes(zoneId) && (zonesWith[region]?.includes(zoneId) ?? true);
}
