import { Address4 } from "ip-address";
import { partitionOf, region as regionSchema } from "../../../schema/regions";
import { problemBy } from "./interview";

/** Zones of regions where a new account does not have a, b and c. https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html */
const letters: ReadonlyMap<string, readonly string[]> = new Map([
  ["ap-northeast-1", ["a", "c", "d"]],
  ["ca-central-1", ["a", "b", "d"]],
  ["us-west-1", ["a", "b"]],
]);

/** At most `count` availability zones of a region. */
export function zonesOf(region: string, count: number): readonly string[] {
  return (letters.get(region) ?? ["a", "b", "c"]).slice(0, count).map((letter) => `${region}${letter}`);
}

/** What is wrong with a list of regions; undefined for a valid one. */
export function regionsProblem(regions: readonly string[]): string | undefined {
  const [first, ...others] = regions;
  if (first === undefined) return "must name a region; write one such as eu-central-1";
  const invalid = regions.map(problemBy(regionSchema)).find((problem) => problem !== undefined);
  if (invalid !== undefined) return invalid;
  const repeated = regions.find((region, index) => regions.indexOf(region) < index);
  if (repeated !== undefined) return `"${repeated}" is written twice; write it once`;
  const foreign = others.find((region) => partitionOf(region) !== partitionOf(first));
  if (foreign !== undefined) return `"${foreign}" cannot be in the accounts of ${first}; write one of the two`;
  return undefined;
}

/** The `index`-th block after a CIDR block, of the same size. */
export function followingBlock(cidr: string, index: number): string {
  const block = new Address4(cidr);
  const size = 2n ** BigInt(32 - block.subnetMask);
  return `${Address4.fromBigInt(block.bigInt() + size * BigInt(index)).correctForm()}/${block.subnetMask}`;
}

/** Address ranges for private networks. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(
  (range) => new Address4(range),
);

/** Whether one range of private addresses contains two CIDR blocks, and so everything between them. */
export function isPrivate(first: string, last: string): boolean {
  return privateRanges.some((range) => [first, last].every((block) => new Address4(block).isInSubnet(range)));
}
