import { unknown, type UnknownWay } from "../finding";
import { placements } from "./placements";
import { addressesOf } from "./reference";
import type { Resource, Resources } from "./terraform";

/** What has network interfaces in the VPC. */
export interface Host {
  /** Its address in Terraform. */
  readonly name: string;
  readonly type: string;
  /** Addresses of its security groups. */
  readonly groups: readonly string[];
  /** Addresses of the subnets that it stands in; it may come up in each of them. */
  readonly subnets: readonly string[];
  readonly publicIp: boolean;
}

/** Everything with network interfaces, and a finding for each whose interfaces cannot be told. */
export function readHosts(resources: Resources): {
  readonly hosts: readonly Host[];
  readonly findings: readonly UnknownWay[];
} {
  const read = resources.all.flatMap((resource) => readHost(resources, resource) ?? []);
  return { hosts: read.filter((each) => "groups" in each), findings: read.filter((each) => "kind" in each) };
}

function readHost(resources: Resources, { address, type, fields }: Resource): Host | UnknownWay | undefined {
  const placement = placements[type]?.(fields, resources);
  if (placement === undefined) return undefined;
  const groups = allOf(resources, "aws_security_group", placement.groups);
  const subnets = allOf(resources, "aws_subnet", placement.subnets);
  const { publicIp = false } = placement;
  if (groups === undefined) {
    return unknown(address, "has no security group of its own, or one of no resource of this stack; give it one");
  }
  if (subnets === undefined)
    return unknown(address, "stands in no subnet of this stack; name its subnets by their ids");
  if (typeof publicIp !== "boolean") return unknown(address, "may have a public IP or not; write true or false");
  return { name: address, type, groups, subnets, publicIp };
}

/** The resources that a list names: all of one type, and at least one. */
function allOf(resources: Resources, type: string, value: unknown): readonly string[] | undefined {
  const addresses = addressesOf(value) ?? [];
  const known = addresses.every((address) => resources.at(address)?.type === type);
  return known && addresses.length > 0 ? addresses : undefined;
}
