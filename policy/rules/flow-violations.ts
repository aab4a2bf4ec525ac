import type { ExtraWay, MissingWay } from "../reachability";
import type { Violation } from "../rule";

/** One for what has one cause: a target that several cannot reach, or several targets that one cannot reach. */
export function missingFlows(ways: readonly MissingWay[]): readonly Violation[] {
  const byTarget = grouped(ways, ({ from, to, port, reason }) => [to, port, reason.replaceAll(from, "")]);
  const isShared = (group: readonly MissingWay[]) =>
    group.length > 1 || group.some(({ from }) => !from.startsWith("aws_"));
  const ofOne = byTarget.filter((group) => !isShared(group)).flat();
  const bySource = grouped(ofOne, ({ from, to, port, reason }) => [from, port, reason.replaceAll(to, "")]);
  return [
    ...byTarget.filter(isShared).map((group) => {
      const sources = named(group.map(({ from }) => from));
      return violation(group, "to", (port) => `is out of reach of ${sources} on TCP ${port}`);
    }),
    ...bySource.map((group) => {
      const targets = named(group.map(({ to }) => to));
      return violation(group, "from", (port) => `cannot reach ${targets} on TCP ${port}`);
    }),
  ].flat();
}

/** One for each rule, or for both rules of a flow: that is what has to change. */
export function extraFlows(ways: readonly ExtraWay[]): readonly Violation[] {
  return grouped(ways, ({ rules, traffic }) => [rules, traffic]).flatMap((group) =>
    group.slice(0, 1).map(({ rules: [resource = "", ...others], traffic }) => {
      const together = others.length === 0 ? "" : ` together with ${others.join(" and ")}`;
      const [sources, targets] = [named(group.map(({ from }) => from)), named(group.map(({ to }) => to))];
      return { resource, problem: `opens ${targets} to ${sources} on ${traffic}${together}, and nothing needs it` };
    }),
  );
}

function violation(group: readonly MissingWay[], end: "from" | "to", problem: (port: number) => string): Violation[] {
  const reasons = [...new Set(group.map(({ because }) => because))].join("; ");
  return group.slice(0, 1).map((way) => ({
    resource: way[end],
    problem: `${problem(way.port)} (${reasons}): ${way.reason}`,
  }));
}

function grouped<Way>(ways: readonly Way[], key: (way: Way) => unknown): readonly (readonly Way[])[] {
  const groups = new Map<string, Way[]>();
  for (const way of ways) {
    const text = JSON.stringify(key(way));
    groups.set(text, [...(groups.get(text) ?? []), way]);
  }
  return [...groups.values()];
}

/** The first three names, which are enough to know what is meant. */
function named(names: readonly string[]): string {
  const all = [...new Set(names)];
  const shown = all.slice(0, 3).join(", ");
  return all.length > 3 ? `${shown} and ${all.length - 3} more` : shown;
}
