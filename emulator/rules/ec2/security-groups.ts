import { list, object, objects, text, type JsonObject } from "../../wire/json";
import type { Quotas } from "../quotas";
import type { Rule, RuleCall } from "../rule";
import { attachments } from "./attachments";
import { reference, service } from "./source";

/** Rules of security groups. */
export function securityGroupRules({ rulesPerSecurityGroup, securityGroupsPerInterface }: Quotas): readonly Rule[] {
  return [
    {
      name: "default-security-group-deleted",
      service,
      operations: ["DeleteSecurityGroup"],
      code: "CannotDelete",
      rule: "The default security group of a VPC cannot be deleted.",
      source: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
      refuse: async ({ input, ask }) => {
        const id = text(input.GroupId);
        const { SecurityGroups } = await ask("DescribeSecurityGroups", { GroupIds: [id] });
        return objects(SecurityGroups).some(({ GroupName }) => GroupName === "default")
          ? `the specified group: "${id}" name: "default" cannot be deleted by a user`
          : undefined;
      },
    },
    {
      name: "security-group-in-use",
      service,
      operations: ["DeleteSecurityGroup"],
      code: "DependencyViolation",
      rule: "A security group with network interfaces cannot be deleted.",
      source: `${reference}/API_DeleteSecurityGroup.html`,
      refuse: async ({ input, ask }) => {
        const id = text(input.GroupId);
        const isInUse = (await attachments(ask)).some(({ securityGroups }) => securityGroups.includes(id));
        return isInUse ? hasDependent(id) : undefined;
      },
    },
    {
      name: "security-group-referenced",
      service,
      operations: ["DeleteSecurityGroup"],
      code: "DependencyViolation",
      rule: "A security group that a rule of another security group refers to cannot be deleted.",
      source: `${reference}/API_DeleteSecurityGroup.html`,
      refuse: async ({ input, ask }) => {
        const id = text(input.GroupId);
        const { SecurityGroupRules } = await ask("DescribeSecurityGroupRules");
        const isReferenced = objects(SecurityGroupRules).some(
          ({ GroupId, ReferencedGroupInfo }) => object(ReferencedGroupInfo).GroupId === id && GroupId !== id,
        );
        return isReferenced ? hasDependent(id) : undefined;
      },
    },
    {
      name: "security-group-reference-of-another-vpc",
      service,
      operations: ["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"],
      code: "InvalidGroup.NotFound",
      rule: "A rule of a security group refers to security groups of its VPC, or of a VPC that is connected to it.",
      source: `${reference}/API_UserIdGroupPair.html`,
      refuse: async ({ account, input, ask }) => {
        const referenced = objects(input.IpPermissions)
          .flatMap(({ UserIdGroupPairs }) => objects(UserIdGroupPairs))
          .filter(({ UserId = account }) => UserId === account)
          .map(({ GroupId }) => text(GroupId))
          .filter((id) => id !== "");
        // The default VPC has groups by name, too.
        if (referenced.length === 0 || text(input.GroupId) === "") return undefined;
        const ids = [...new Set([text(input.GroupId), ...referenced])];
        const Filters = [{ Name: "group-id", Values: ids }];
        const groups = objects((await ask("DescribeSecurityGroups", { Filters })).SecurityGroups);
        const vpcOf = (id: string) => groups.find(({ GroupId }) => GroupId === id)?.VpcId;
        const unknown = ids.find((id) => vpcOf(id) === undefined);
        if (unknown !== undefined) return `The security group '${unknown}' does not exist`;
        const isOfOther = referenced.some((id) => vpcOf(id) !== vpcOf(text(input.GroupId)));
        return isOfOther && !(await isConnected(ask, vpcOf(text(input.GroupId))))
          ? "You have specified two resources that belong to different networks."
          : undefined;
      },
    },
    {
      name: "too-many-rules-of-security-group",
      service,
      operations: ["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"],
      code: "RulesPerSecurityGroupLimitExceeded",
      rule: "A security group has at most 60 inbound and 60 outbound rules, counted for IPv4 and for IPv6.",
      source: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
      refuse: async ({ input, operation, ask }) => {
        const Filters = [{ Name: "group-id", Values: [text(input.GroupId)] }];
        const { SecurityGroupRules } = await ask("DescribeSecurityGroupRules", { Filters });
        const isEgress = operation === "AuthorizeSecurityGroupEgress";
        const existing = objects(SecurityGroupRules).filter((rule) => rule.IsEgress === isEgress);
        const added = objects(input.IpPermissions);
        const count = (ranges: string, isOther: (rule: JsonObject) => boolean): number =>
          existing.filter((rule) => !isOther(rule)).length +
          added.flatMap((permission) =>
            [ranges, "UserIdGroupPairs", "PrefixListIds"].flatMap((name) => list(permission[name])),
          ).length;
        const ipv4 = count("IpRanges", ({ CidrIpv6 }) => CidrIpv6 !== undefined);
        const ipv6 = count("Ipv6Ranges", ({ CidrIpv4 }) => CidrIpv4 !== undefined);
        return Math.max(ipv4, ipv6) > rulesPerSecurityGroup
          ? "The maximum number of rules per security group has been reached."
          : undefined;
      },
    },
    {
      name: "too-many-security-groups-of-interface",
      service,
      operations: [
        "CreateNetworkInterface",
        "ModifyNetworkInterfaceAttribute",
        "RunInstances",
        "ModifyInstanceAttribute",
        "CreateVpcEndpoint",
      ],
      code: "SecurityGroupsPerInterfaceLimitExceeded",
      rule: "A network interface has at most 5 security groups.",
      source: "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html",
      refuse: ({ input }) =>
        groupLists(input).some((groups) => groups > securityGroupsPerInterface)
          ? "The maximum number of security groups per interface has been reached."
          : undefined,
    },
  ];
}

/** Whether a VPC has peering connections or is attached to a transit gateway, over which groups can be referred to. */
async function isConnected(ask: RuleCall["ask"], vpc: JsonObject[string]): Promise<boolean> {
  const { VpcPeeringConnections } = await ask("DescribeVpcPeeringConnections");
  const { TransitGatewayAttachments } = await ask("DescribeTransitGatewayAttachments");
  return (
    objects(VpcPeeringConnections).some(({ RequesterVpcInfo, AccepterVpcInfo }) =>
      [RequesterVpcInfo, AccepterVpcInfo].some((info) => object(info).VpcId === vpc),
    ) || objects(TransitGatewayAttachments).some(({ ResourceId }) => ResourceId === vpc)
  );
}

function hasDependent(id: string): string {
  return `resource ${id} has a dependent object`;
}

/** How many security groups the request has for each interface. */
function groupLists({ Groups, SecurityGroupIds, NetworkInterfaces }: JsonObject): readonly number[] {
  return [Groups, SecurityGroupIds, ...objects(NetworkInterfaces).map((each) => each.Groups)].map(
    (groups) => list(groups).length,
  );
}
