import { isCreated, kindOf } from "../actions";
import { isObject, isUnknown, listOf, textOf, textsOf, valueAt } from "../fields";
import { nameOf, type Plan, type ResourceChange } from "../plan";
import { everyAddress, isCovered } from "./cidrs";
import type { Opening } from "./opening";

type Changes = Pick<Plan, "resource_changes">;

/** Ports from one range of addresses. */
interface Range {
  readonly cidr: string;
  readonly ports: string;
}

/** Address ranges that may connect after the apply, and not before. A wide range counts in a new security group, too. */
export function securityGroupOpenings(plan: Changes): readonly Opening[] {
  return plan.resource_changes.flatMap((resource) => {
    if (["none", "delete", "forget"].includes(kindOf(resource))) return [];
    return opened(resource, plan).map(({ cidr, ports, direction }) => ({
      name: nameOf(resource),
      what: `the security group opens ${ports} ${direction} ${everyAddress.includes(cidr) ? `every address (${cidr})` : cidr}`,
    }));
  });
}

type Direction = "from" | "to";

function opened(resource: ResourceChange, plan: Changes): (Range & { readonly direction: Direction })[] {
  const { before, after } = resource.change;
  if (resource.type === "aws_security_group") {
    return (["ingress", "egress"] as const).flatMap((field) => {
      const rules = (values: unknown) => (isObject(values) ? listOf(values[field]).flatMap(rangesOf) : []);
      return widened(rules(before), rules(after), field === "ingress" ? "from" : "to");
    });
  }
  const direction = directions[resource.type];
  if (direction === undefined) return [];
  // A new group without callers opens nothing that was there before, except to the internet.
  const isNewGroup = isCreated(resource) && isUnknown(resource, "security_group_id");
  const former = isNewGroup ? [] : formerRanges(resource, plan);
  const ranges = widened(former, rangesOf(after), direction);
  if (!isNewGroup) return ranges;
  return direction === "from" ? ranges.filter(({ cidr }) => everyAddress.includes(cidr)) : [];
}

const directions: Readonly<Record<string, Direction>> = {
  aws_vpc_security_group_ingress_rule: "from",
  aws_vpc_security_group_egress_rule: "to",
};

/** The ranges of the same group in the state, whatever the address of their rules. */
function formerRanges({ type, change }: ResourceChange, { resource_changes: changes }: Changes): readonly Range[] {
  const group = valueAt(change.after, "security_group_id") ?? valueAt(change.before, "security_group_id");
  return changes
    .filter((other) => other.type === type && valueAt(other.change.before, "security_group_id") === group)
    .flatMap((other) => rangesOf(other.change.before));
}

function widened(before: readonly Range[], after: readonly Range[], direction: Direction) {
  return after
    .filter(({ cidr, ports }) => {
      const former = before.filter((range) => range.ports === ports || range.ports === "all ports");
      return !isCovered(
        cidr,
        former.map((range) => range.cidr),
      );
    })
    .map((range) => ({ ...range, direction }));
}

function rangesOf(rule: unknown): readonly Range[] {
  const lists = isObject(rule) ? [...textsOf(rule.cidr_blocks), ...textsOf(rule.ipv6_cidr_blocks)] : [];
  const cidrs = [textOf(valueAt(rule, "cidr_ipv4")), textOf(valueAt(rule, "cidr_ipv6")), ...lists];
  return cidrs.filter((cidr) => cidr !== "").map((cidr) => ({ cidr, ports: portsOf(rule) }));
}

function portsOf(rule: unknown): string {
  const protocol = textOf(valueAt(rule, "ip_protocol")) || textOf(valueAt(rule, "protocol"));
  if (protocol === "-1") return "all ports";
  const [from, to] = [String(valueAt(rule, "from_port")), String(valueAt(rule, "to_port"))];
  return from === to ? `port ${from}` : `ports ${from} to ${to}`;
}
