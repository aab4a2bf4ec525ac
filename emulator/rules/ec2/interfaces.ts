import { object, objects, text, type JsonValue } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { reference, service } from "./source";

/** Rules of network interfaces and the instances to which they are attached. */
export const interfaceRules: readonly Rule[] = [
  {
    name: "network-interface-attached",
    service,
    operations: ["DeleteNetworkInterface"],
    code: "InvalidParameterValue",
    rule: "A network interface is deleted only after it is detached from its instance.",
    source: `${reference}/API_DeleteNetworkInterface.html`,
    refuse: async (call) => {
      const id = call.input.NetworkInterfaceId;
      return (await isAttached(call, id)) ? `Network interface '${text(id)}' is currently in use.` : undefined;
    },
  },
  {
    name: "network-interface-of-another-instance",
    service,
    operations: ["RunInstances"],
    code: "InvalidNetworkInterface.InUse",
    rule: "An instance starts only with network interfaces that are attached to no other.",
    source: `${reference}/API_RunInstances.html`,
    refuse: async (call) => {
      for (const { NetworkInterfaceId: id } of objects(call.input.NetworkInterfaces)) {
        if (id !== undefined && (await isAttached(call, id))) return `Interface: [${text(id)}] in use.`;
      }
      return undefined;
    },
  },
];

// moto does not detach the interfaces that outlive their instance.
async function isAttached({ ask }: RuleCall, id: JsonValue): Promise<boolean> {
  const { NetworkInterfaces } = await ask("DescribeNetworkInterfaces", { NetworkInterfaceIds: [id] });
  const instance = text(object(objects(NetworkInterfaces)[0]?.Attachment).InstanceId);
  if (instance === "") return false;
  const { Reservations } = await ask("DescribeInstances", { InstanceIds: [instance] });
  return objects(Reservations)
    .flatMap(({ Instances }) => objects(Instances))
    .some(({ State }) => !["shutting-down", "terminated"].includes(text(object(State).Name)));
}
