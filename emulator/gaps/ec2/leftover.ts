import type { Forward, Handlers } from "../../proxy/gap";
import { editXml, isSuccess } from "../../wire/edit";
import { formList } from "../../wire/form";
import { Memory } from "../../wire/memory";
import { findAll, parseXml, textOf, type Element } from "../../wire/xml";

const version = "2016-11-15";

/**
 * moto leaves the network interfaces of deleted NAT gateways and terminated instances, and the default network ACL of a
 * deleted VPC behind; shown by the inventory after a destroy.
 */
export function leftovers(): Handlers {
  const deletedVpcs = new Memory<true>();
  return {
    DeleteNatGateway: async (request, forward) => {
      const gateways = await describe(forward, "DescribeNatGateways", {
        "NatGatewayId.1": request.form.get("NatGatewayId") ?? "",
      });
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      for (const address of findAll(gateways, "natGatewaySet", "item", "natGatewayAddressSet", "item")) {
        await call(forward, "DeleteNetworkInterface", { NetworkInterfaceId: textOf(address, "networkInterfaceId") });
      }
      return reply;
    },
    TerminateInstances: async (request, forward) => {
      const ids = new Map(formList(request.form, "InstanceId").map((id, index) => [`InstanceId.${index + 1}`, id]));
      const instances = await describe(forward, "DescribeInstances", Object.fromEntries(ids));
      const reply = await forward();
      if (!isSuccess(reply)) return reply;
      const path = ["reservationSet", "item", "instancesSet", "item", "networkInterfaceSet", "item"];
      for (const networkInterface of findAll(instances, ...path)) {
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
    // moto refuses to delete them, because they are still associated with subnets that are gone.
    DescribeNetworkAcls: async (request, forward) =>
      editXml(await forward(), (root) => {
        for (const acls of findAll(root, "networkAclSet")) {
          acls.children = acls.children.filter((acl) => !deletedVpcs.of(request).has(textOf(acl, "vpcId")));
        }
      }),
  };
}

async function describe(forward: Forward, action: string, parameters: Record<string, string>): Promise<Element> {
  return parseXml((await call(forward, action, parameters)).body);
}

function call(forward: Forward, action: string, parameters: Record<string, string>): ReturnType<Forward> {
  return forward({ body: new URLSearchParams({ Action: action, Version: version, ...parameters }).toString() });
}
