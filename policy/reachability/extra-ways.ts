import type { Flow } from "./declared/flow";
import type { Finding } from "./finding";
import { isEverybody, namedBy } from "./firewall";
import type { Model } from "./model/model";
import type { Rule } from "./model/rules";
import { merged, overlap, shownTraffic, subtract, tcp, type Traffic } from "./model/traffic";
import { openTraffic } from "./open-pairs";
import { internet, internetIpv6, partiesOf } from "./parties";

interface Way {
  readonly from: string;
  readonly to: string;
  readonly traffic: readonly Traffic[];
  readonly rule: string;
}

/**
 * What rules open and no flow needs. A rule at one end is enough, although packets pass only when the other end agrees:
 * it waits for one. What everybody on the internet may reach is not judged again for each who can go there.
 */
export function extraWays(model: Model, flows: readonly Flow[]): readonly Finding[] {
  const ways = model.rules.flatMap((rule) => waysOf(model, rule)).flatMap((way) => undeclared(way, flows));
  const isSamePair = (one: Way) => (other: Way) => one.from === other.from && one.to === other.to;
  return ways
    .filter((way, index) => ways.findIndex(isSamePair(way)) === index)
    .map((way) => extra(model, way, ways.filter(isSamePair(way))));
}

function waysOf(model: Model, { name, direction, group, traffic, peer }: Rule): readonly Way[] {
  const guarded = model.hosts.filter(({ groups }) => groups.includes(group)).map((host) => host.name);
  const others =
    "range" in peer && isEverybody(peer.range)
      ? [peer.range === "::/0" ? internetIpv6 : internet]
      : namedBy(model, peer, partiesOf(model));
  return guarded.flatMap((host) =>
    others.map((other): Way => {
      const ends = direction === "egress" ? { from: host, to: other } : { from: other, to: host };
      return { ...ends, traffic: [traffic], rule: name };
    }),
  );
}

function undeclared(way: Way, flows: readonly Flow[]): readonly Way[] {
  const needed = flows.filter(({ from, to }) => from === way.from && to === way.to).map(({ port }) => tcp(port));
  const traffic = subtract(way.traffic, needed);
  return traffic.length === 0 ? [] : [{ ...way, traffic }];
}

function extra(model: Model, { from, to }: Way, ways: readonly Way[]): Finding {
  const traffic = merged(ways.flatMap((way) => way.traffic));
  const rules = [...new Set(ways.map(({ rule }) => rule))];
  const isOpen = openTraffic(model, from, to).some((open) => traffic.some((each) => overlap(open, each)));
  const what = isOpen ? "is open" : "is open at one end";
  const shown = shownTraffic(traffic);
  const message = `${from} to ${to} on ${shown} ${what}, and nothing needs it; narrow or remove ${rules.join(" and ")}`;
  return { kind: "extra", from, to, traffic: shown, rules, message };
}
