import { BlockList, isIP, isIPv4 } from "node:net";
import { objects, text, type JsonObject } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { reference, service } from "./resources";

/** Ranges outside of the VPC, such as of a peered VPC or a network of one's own. */
const privateRanges = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];

/** Rules of the targets of a target group. */
export const targetRules: readonly Rule[] = [
  {
    name: "target-of-another-type",
    service,
    operations: ["RegisterTargets"],
    code: "ValidationError",
    rule: "The targets of a target group are instances, or IP addresses of its VPC or a private range, by its type.",
    source: `${reference}/API_TargetDescription.html`,
    refuse: async (call) => {
      const { TargetGroups } = await call.ask("DescribeTargetGroups", { TargetGroupArns: [call.input.TargetGroupArn] });
      const [group = {}] = objects(TargetGroups);
      const ids = objects(call.input.Targets).map(({ Id }) => text(Id));
      if (group.TargetType === "instance") {
        const other = ids.find((id) => !id.startsWith("i-"));
        return other === undefined ? undefined : `Instance ID '${other}' is not valid`;
      }
      if (group.TargetType !== "ip") return undefined;
      const invalid = ids.find((id) => isIP(id) === 0);
      if (invalid !== undefined) return `The provided target '${invalid}' is not a valid IP address`;
      const outside = await outsideOf(call, group, ids.filter(isIPv4));
      return outside === undefined
        ? undefined
        : `The IP address '${outside}' is neither in the VPC of the target group nor in a private range`;
    },
  },
];

/** The first address that is neither in the VPC of a target group nor in a private range. */
async function outsideOf(
  { ask }: RuleCall,
  { VpcId }: JsonObject,
  addresses: readonly string[],
): Promise<string | undefined> {
  if (addresses.every((address) => contains(privateRanges, address))) return undefined;
  const { Vpcs } = await ask("DescribeVpcs", { VpcIds: [VpcId] }, "ec2");
  const own = objects(Vpcs).flatMap(({ CidrBlockAssociationSet }) =>
    objects(CidrBlockAssociationSet).map(({ CidrBlock }) => text(CidrBlock)),
  );
  return addresses.find((address) => !contains([...privateRanges, ...own], address));
}

function contains(ranges: readonly string[], address: string): boolean {
  const blocks = new BlockList();
  for (const range of ranges) {
    const [network = "", bits = ""] = range.split("/");
    blocks.addSubnet(network, Number(bits));
  }
  return blocks.check(address);
}
