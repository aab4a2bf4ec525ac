import { list, object, objects, text } from "../../wire/json";
import type { Rule } from "../rule";
import { reference, service } from "./source";

/** Rules of instances and of the zones in which they are. */
export const instanceRules: readonly Rule[] = [
  {
    name: "instance-key-pair-unknown",
    service,
    operations: ["RunInstances"],
    code: "InvalidKeyPair.NotFound",
    rule: "The key pair of an instance exists.",
    source: `${reference}/API_RunInstances.html`,
    refuse: async ({ input, ask }) => {
      const name = text(input.KeyName);
      if (name === "") return undefined;
      const { KeyPairs } = await ask("DescribeKeyPairs", { KeyNames: [name] });
      return list(KeyPairs).length > 0 ? undefined : `The key pair '${name}' does not exist`;
    },
  },
  {
    name: "instance-zone-of-another-subnet",
    service,
    operations: ["RunInstances"],
    code: "InvalidParameterValue",
    rule: "An instance is in the Availability Zone of its subnet.",
    source: `${reference}/API_Placement.html`,
    refuse: async ({ input, ask }) => {
      const zone = text(object(input.Placement).AvailabilityZone);
      const id = text(objects(input.NetworkInterfaces)[0]?.SubnetId ?? input.SubnetId);
      if (zone === "" || id === "") return undefined;
      const [subnet] = objects((await ask("DescribeSubnets", { SubnetIds: [id] })).Subnets);
      return subnet === undefined || subnet.AvailabilityZone === zone
        ? undefined
        : `The availability zone ${zone} does not match that of the subnet ${id}`;
    },
  },
  {
    name: "zone-of-another-region",
    service,
    operations: ["CreateSubnet", "CreateVolume"],
    code: "InvalidParameterValue",
    rule: "A subnet or volume is in an Availability Zone of the region.",
    source: `${reference}/API_CreateSubnet.html`,
    refuse: ({ input, region }) => {
      const zone = text(input.AvailabilityZone);
      return zone === "" || zone.startsWith(region)
        ? undefined
        : `Value (${zone}) for parameter availabilityZone is invalid.`;
    },
  },
];
