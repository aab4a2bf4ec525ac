import { list, objects, text, type JsonObject } from "../../wire/json";
import { misplaced } from "../network";
import type { Rule, RuleCall } from "../rule";
import { reference, service } from "./source";

/** Rules on the VPC of security groups and network ACLs that existing resources change to. */
export const changedNetworks: readonly Rule[] = [
  {
    name: "changed-security-group-vpc",
    service,
    operations: ["ModifyNetworkInterfaceAttribute", "ModifyInstanceAttribute"],
    code: "InvalidGroup.NotFound",
    rule: "The security groups to which an interface or instance changes are of its VPC.",
    source: `${reference}/API_ModifyNetworkInterfaceAttribute.html`,
    refuse: async (call) => {
      const { Groups: securityGroups } = call.input;
      const vpc = list(securityGroups).length === 0 ? undefined : await vpcOf(call);
      return vpc !== undefined && (await misplaced(call.ask, { securityGroups, vpc }))
        ? "You have specified two resources that belong to different networks."
        : undefined;
    },
  },
  {
    name: "network-acl-of-another-vpc",
    service,
    operations: ["ReplaceNetworkAclAssociation"],
    code: "InvalidParameterValue",
    rule: "A subnet is associated with a network ACL of its VPC.",
    source: `${reference}/API_ReplaceNetworkAclAssociation.html`,
    refuse: async ({ input, ask }) => {
      const id = text(input.NetworkAclId);
      const acls = objects((await ask("DescribeNetworkAcls")).NetworkAcls);
      const next = acls.find(({ NetworkAclId }) => NetworkAclId === id);
      const of = ({ Associations }: JsonObject) =>
        objects(Associations).find((each) => each.NetworkAclAssociationId === input.AssociationId);
      const replaced = acls.find((acl) => of(acl) !== undefined);
      return next === undefined || replaced === undefined || next.VpcId === replaced.VpcId
        ? undefined
        : `network ACL ${id} and subnet ${text(of(replaced)?.SubnetId)} belong to different networks`;
    },
  },
];

/** The VPC of the interface or instance that a call changes; undefined when it does not exist. */
async function vpcOf({ input, ask }: RuleCall): Promise<string | undefined> {
  if (input.NetworkInterfaceId !== undefined) {
    const ids = [input.NetworkInterfaceId];
    const { NetworkInterfaces } = await ask("DescribeNetworkInterfaces", { NetworkInterfaceIds: ids });
    const [networkInterface] = objects(NetworkInterfaces);
    return networkInterface && text(networkInterface.VpcId);
  }
  const { Reservations } = await ask("DescribeInstances", { InstanceIds: [input.InstanceId] });
  const [instance] = objects(Reservations).flatMap(({ Instances }) => objects(Instances));
  return instance && (text(instance.VpcId) || undefined);
}
