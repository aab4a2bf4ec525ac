import { dnsName } from "../wire/dns-name";
import { object, objects, text } from "../wire/json";
import type { Rule } from "./rule";

const service = "route53";
const operations = ["CreateHostedZone", "AssociateVPCWithHostedZone"];
const reference = "https://docs.aws.amazon.com/Route53/latest/APIReference";

/** Rules of private hosted zones and their VPCs. */
export const hostedZoneRules: readonly Rule[] = [
  {
    name: "hosted-zone-vpc",
    service,
    operations,
    code: "InvalidVPCId",
    rule: "The VPC of a private hosted zone exists.",
    source: `${reference}/API_CreateHostedZone.html`,
    refuse: async ({ input, ask }) => {
      const { VPCId, VPCRegion } = object(input.VPC);
      if (text(VPCId) === "" || text(VPCRegion) === "") return undefined;
      const { Vpcs } = await ask("DescribeVpcs", { VpcIds: [VPCId] }, "ec2", text(VPCRegion));
      return objects(Vpcs).length > 0
        ? undefined
        : `The VPC: ${text(VPCId)} in region: ${text(VPCRegion)} does not exist, or you are not authorized to access it.`;
    },
  },
  {
    name: "private-zone-in-use",
    service,
    operations,
    code: "ConflictingDomainExists",
    rule: "A VPC has one private hosted zone of each name.",
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html",
    refuse: async ({ input, ask }) => {
      const { VPCId, VPCRegion } = object(input.VPC);
      if (text(VPCId) === "") return undefined;
      const { HostedZone } = await ask("GetHostedZone", { Id: input.HostedZoneId });
      const name = dnsName(text(input.Name) || text(object(HostedZone).Name));
      const { HostedZoneSummaries } = await ask("ListHostedZonesByVPC", { VPCId, VPCRegion });
      return objects(HostedZoneSummaries).some((zone) => dnsName(text(zone.Name)) === name)
        ? `The VPC that you chose, ${text(VPCId)} in region ${text(VPCRegion)}, is already associated with another private hosted zone that has an overlapping name space, ${name}.`
        : undefined;
    },
  },
];
