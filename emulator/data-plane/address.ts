import type { Scope } from "../models/aws";
import { objects, text } from "../wire/json";
import type { Reader } from "./reader";

/**
 * A private address in a subnet, as its network interfaces have; that of a subnet in 10.0.0.0/16 when it does not exist.
 *
 * @param index position of the address after the first four, which AWS reserves:
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export async function addressInSubnet(reader: Reader, scope: Scope, subnetId: string, index = 0): Promise<string> {
  const { Subnets } =
    subnetId === "" ? {} : await reader.ask(scope, "ec2", "DescribeSubnets", { SubnetIds: [subnetId] });
  const cidr = text(objects(Subnets)[0]?.CidrBlock) || "10.0.0.0/16";
  const [network = ""] = cidr.split("/");
  const number = network.split(".").reduce((sum, part) => sum * 256 + Number(part), 0) + 4 + index;
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}
