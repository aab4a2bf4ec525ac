/** Traffic that a rule allows or a listener accepts; protocol `-1` means every protocol and every port. */
export interface Traffic {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

/** Every protocol and every port. */
export const everything: Traffic = { protocol: "-1", from: 0, to: 65535 };

/** TCP traffic to one port. */
export function tcp(port: number): Traffic {
  return { protocol: "tcp", from: port, to: port };
}

/** https://www.iana.org/assignments/protocol-numbers, of which AWS returns some by name. */
const protocolNames: Readonly<Record<string, string>> = {
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
  all: "-1",
};

/**
 * The traffic of the protocol and ports of a security group rule, as the EC2 API and Terraform write them.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
 */
export function ruleTraffic(ipProtocol: string, fromPort = -1, toPort = fromPort): Traffic {
  const protocol = protocolNames[ipProtocol] ?? ipProtocol.toLowerCase();
  // AWS's -1 is every port, also for protocols without ports.
  const isEveryPort = protocol === "-1" || fromPort < 0;
  return { protocol, from: isEveryPort ? 0 : fromPort, to: isEveryPort ? 65535 : toPort };
}

/** Whether rules together allow all of the traffic. */
export function covers(rules: readonly Traffic[], traffic: Traffic): boolean {
  return subtract([traffic], rules).length === 0;
}

/** Traffic that both of two rules allow, or undefined. */
export function overlap(one: Traffic, other: Traffic): Traffic | undefined {
  if (one.protocol === "-1") return other;
  if (other.protocol === "-1") return one;
  const from = Math.max(one.from, other.from);
  const to = Math.min(one.to, other.to);
  return one.protocol === other.protocol && from <= to ? { protocol: one.protocol, from, to } : undefined;
}

/** The traffic that is left when other traffic is taken away. */
export function subtract(traffic: readonly Traffic[], without: readonly Traffic[]): readonly Traffic[] {
  return without.reduce((left, taken) => left.flatMap((each) => remove(each, taken)), traffic);
}

/** The same traffic in the fewest port ranges, in order. */
export function merged(traffic: readonly Traffic[]): readonly Traffic[] {
  if (traffic.some(({ protocol }) => protocol === "-1")) return [everything];
  const sorted = [...traffic].sort((one, other) => one.protocol.localeCompare(other.protocol) || one.from - other.from);
  return sorted.reduce<readonly Traffic[]>((ranges, next) => {
    const last = ranges.at(-1);
    if (last?.protocol !== next.protocol || next.from > last.to + 1) return [...ranges, next];
    return [...ranges.slice(0, -1), { ...last, to: Math.max(last.to, next.to) }];
  }, []);
}

/** Formats traffic as text, such as `TCP 443`, `UDP 1-1024` or `all traffic`. */
export function shownTraffic(traffic: readonly Traffic[]): string {
  return merged(traffic)
    .map(({ protocol, from, to }) => {
      if (protocol === "-1") return "all traffic";
      return `${protocol.toUpperCase()} ${from === to ? from : `${from}-${to}`}`;
    })
    .join(", ");
}

function remove(each: Traffic, taken: Traffic): readonly Traffic[] {
  if (taken.protocol === "-1") return [];
  const common = overlap(each, taken);
  if (common === undefined || each.protocol === "-1") return [each];
  return [
    ...(each.from < common.from ? [{ ...each, to: common.from - 1 }] : []),
    ...(common.to < each.to ? [{ ...each, from: common.to + 1 }] : []),
  ];
}
