import { list, object, objects, text, type JsonObject } from "../../wire/json";
import type { Quotas } from "../quotas";
import type { Rule } from "../rule";
import { attachments } from "./attachments";
import { reference, service } from "./source";

/** Rules of security groups. */
export function securityGroupRules({ securityGroupsPerInterface }: Quotas): readonly Rule[] {
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

function hasDependent(id: string): string {
  return `resource ${id} has a dependent object`;
}

/** How many security groups the request has for each interface. */
function groupLists({ Groups, SecurityGroupIds, NetworkInterfaces }: JsonObject): readonly number[] {
  return [Groups, SecurityGroupIds, ...objects(NetworkInterfaces).map((each) => each.Groups)].map(
    (groups) => list(groups).length,
  );
}
