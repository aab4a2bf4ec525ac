import type { Forward, Handlers } from "../../proxy/gap";
import { Store } from "../../store";
import { formList } from "../../wire/form";
import { editXml, isSuccess } from "../../wire/reply";
import { findAll, textOf } from "../../wire/xml";
import { call, describe } from "./call";

/**
 * moto keeps the network interfaces of deleted NAT gateways and terminated instances, the association of an elastic IP
 * address with a deleted NAT gateway, and the default network ACL of a deleted VPC; affects the inventory after a destroy.
 */
export function cascadingDeletion(): Handlers {
  const deletedVpcs = new Store<true>();
  return {
    DeleteNatGateway: async (request, forward) => {
      const gateways = await describe(forward, "DescribeNatGateways", {
        "NatGatewayId.1": request.form.get("NatGatewayId") ?? "",
      });
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      for (const address of findAll(gateways, "natGatewaySet", "item", "natGatewayAddressSet", "item")) {
        await disassociate(forward, textOf(address, "allocationId"));
        await call(forward, "DeleteNetworkInterface", { NetworkInterfaceId: textOf(address, "networkInterfaceId") });
      }
      return reply;
    },
    TerminateInstances: async (request, forward) => {
      const ids = new Map(formList(request.form, "InstanceId").map((id, index) => [`InstanceId.${index + 1}`, id]));
      const terminated = await describe(forward, "DescribeInstances", Object.fromEntries(ids));
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      const path = ["reservationSet", "item", "instancesSet", "item", "networkInterfaceSet", "item"];
      for (const networkInterface of findAll(terminated, ...path)) {
        const NetworkInterfaceId = textOf(networkInterface, "networkInterfaceId");
        await call(forward, "DeleteNetworkInterface", { NetworkInterfaceId });
      }
      return reply;
    },
    DeleteVpc: async (request, forward) => {
      const reply = await forward();
      if (isSuccess(reply)) deletedVpcs.of(request).set(request.form.get("VpcId") ?? "", true);
      return reply;
    },
    // moto refuses to delete the ACLs, because they are still associated with the deleted subnets.
    DescribeNetworkAcls: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const acls of findAll(root, "networkAclSet")) {
          acls.children = acls.children.filter((acl) => !deletedVpcs.of(request).has(textOf(acl, "vpcId")));
        }
      }),
  };
}

async function disassociate(forward: Forward, allocationId: string): Promise<void> {
  if (allocationId === "") return;
  const addresses = await describe(forward, "DescribeAddresses", { "AllocationId.1": allocationId });
  for (const address of findAll(addresses, "addressesSet", "item")) {
    const AssociationId = textOf(address, "associationId");
    if (AssociationId !== "") await call(forward, "DisassociateAddress", { AssociationId });
  }
}
