import { clock, columns, counted, cut, duration, withShortArns, wrapped } from "./layout";
import type { Outage, RouteReport } from "./outages";

interface Entry {
  readonly label: string;
  readonly route: string;
  readonly details: readonly string[];
}

const labelWidth = "since 00:00:00".length;
const indent = " ".repeat(labelWidth + 4);

/** The lines on routes for a terminal: those that were not served for some time come last. */
export function routeLines(routes: readonly RouteReport[]): readonly string[] {
  const isCalm = ({ outages, neverServed }: RouteReport): boolean => outages.length === 0 && neverServed === undefined;
  const ordered = [...routes.filter(isCalm), ...routes.filter((route) => !isCalm(route))];
  return ordered
    .map(entryOf)
    .flatMap(({ label, route, details }) => [
      `  ${label.padEnd(labelWidth)}  ${cut(route, columns - indent.length)}`,
      ...details,
    ]);
}

function entryOf({ route, existence, servedSince, neverServed, outages }: RouteReport): Entry {
  if (neverServed !== undefined) return { label: "not served", route, details: detail("never", neverServed) };
  const details = [...outages.flatMap(outageLines), ...total(outages)];
  const since = servedSince === undefined ? [] : [`${indent}served first at ${clock(servedSince)}`];
  const end = existence === "removed" || existence === "temporary" ? [`${indent}removed afterwards`] : [];
  if (details.length > 0) return { label: "not served", route, details: [...since, ...details, ...end] };
  if (existence === "kept") return { label: "served", route, details };
  return { label: existence === "added" ? `since ${clock(servedSince ?? 0)}` : "removed", route, details };
}

function outageLines({ from, to, reasons }: Outage): readonly string[] {
  const when = `${clock(from)} for ${duration(to - from)}`;
  return detail(when, reasons.join("; then "));
}

function total(outages: readonly Outage[]): readonly string[] {
  if (outages.length < 2) return [];
  const ms = outages.reduce((sum, { from, to }) => sum + to - from, 0);
  return [`${indent}${counted(outages.length, "outage")}, ${duration(ms)} together`];
}

function detail(when: string, reason: string): readonly string[] {
  return wrapped(`${indent}${when}: `, withShortArns(reason), indent.length + 2);
}
