import { groupBy } from "./group";
import type { RecordedRoute } from "./line";

/** A time in milliseconds since 1970. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** A period in which requests on a route were not served. */
export interface Outage extends Period {
  /** In order. */
  readonly reasons: readonly string[];
}

/** What happened to a route in a period. */
export interface RouteReport {
  /** Method and public address. */
  readonly route: string;
  /** Whether the route existed at the start and at the end, at one of them, or at neither. */
  readonly existence: "kept" | "added" | "removed" | "temporary";
  /** When an added route was served first. @default - it never was, or existed at the start */
  readonly servedSince?: number;
  /** Why an added route is not served. @default - it was served */
  readonly neverServed?: string;
  /**
   * Since the route was served first, or the start of the period if it existed then. That nothing had its address for a
   * while is an outage, too; what happens between the last time that it is served and its removal is not.
   */
  readonly outages: readonly Outage[];
}

const absent = "nothing has this address";

/** The outages of each route in a period, sorted by the routes. */
export function outagesOf(lines: readonly RecordedRoute[], period: Period): readonly RouteReport[] {
  return [...groupBy(lines, ({ route }) => route)]
    .flatMap(([route, own]) => reportOf(route, own, period) ?? [])
    .toSorted((one, other) => addressOf(one.route).localeCompare(addressOf(other.route)));
}

function reportOf(route: string, lines: readonly RecordedRoute[], period: Period): RouteReport | undefined {
  const states = statesIn(lines, period);
  const existed = states.filter(({ removed }) => !removed);
  const [first] = states;
  const last = states.at(-1);
  if (!first || !last || existed.length === 0) return undefined;
  const isOld = first.time === period.from && !first.removed;
  const existence = isOld ? (last.removed ? "removed" : "kept") : last.removed ? "temporary" : "added";
  const firstServed = states.findIndex(({ served }) => served);
  const report = { route, existence } as const;
  if (!isOld && firstServed < 0) {
    return { ...report, neverServed: existed.at(-1)?.reason ?? "", outages: [] };
  }
  const counted = isOld ? states : states.slice(firstServed);
  const outages = merged(counted, period.to);
  return {
    ...report,
    ...(!isOld && { servedSince: counted[0]?.time ?? period.from }),
    outages: last.removed ? outages.filter(({ to }) => to !== period.to) : outages,
  };
}

/** The changes in a period, and before them the state at its start. */
function statesIn(lines: readonly RecordedRoute[], { from, to }: Period): readonly RecordedRoute[] {
  const before = lines.findLast(({ time }) => time <= from);
  const within = lines.filter(({ time }) => time > from && time <= to);
  return before ? [{ ...before, time: from }, ...within] : within;
}

function merged(states: readonly RecordedRoute[], end: number): readonly Outage[] {
  const outages: Outage[] = [];
  for (const [index, state] of states.entries()) {
    if (state.served) continue;
    const to = states[index + 1]?.time ?? end;
    const reason = state.removed ? absent : (state.reason ?? "");
    const previous = index > 0 && !states[index - 1]?.served ? outages.pop() : undefined;
    const reasons = previous?.reasons.at(-1) === reason ? previous.reasons : [...(previous?.reasons ?? []), reason];
    outages.push({ from: previous?.from ?? state.time, to, reasons });
  }
  return outages;
}

// "GET https://api.example.com/orders" is sorted by the address, then by the method.
function addressOf(route: string): string {
  const [method = "", address = ""] = route.split(" ");
  return `${address} ${method}`;
}
