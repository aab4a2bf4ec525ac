import type { MissingConnection, UnneededConnection } from "../reachability/findings";
import type { Rules, Violation } from "../rule";

const analyzer = "https://docs.aws.amazon.com/vpc/latest/reachability/what-is-reachability-analyzer.html";

/** Network paths, from security groups, routes and VPC endpoints together. */
export const connectionRules = {
  "connection-missing": {
    severity: "high",
    rationale: "A task that cannot reach its image, log group or data services does not start or does not work.",
    source: analyzer,
    remediation: "declare it in services.<name>.uses or calls (a route, and a security group rule at both ends)",
    check: ({ reachability }) => missingConnections(reachability.filter((finding) => finding.kind === "missing")),
  },
  "connection-unneeded": {
    severity: "high",
    rationale: "An attacker who controls one resource can use every connection that it is allowed to open.",
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    remediation: "narrow or remove the rule, or declare the connection in services.<name>.uses or calls",
    check: ({ reachability }) => unneededConnections(reachability.filter((finding) => finding.kind === "unneeded")),
  },
  "connection-unknown": {
    severity: "medium",
    rationale: "Network paths cannot be verified while a resource that affects them is not supported.",
    source: analyzer,
    remediation: "use the resource types and attributes that the stacks use",
    check: ({ reachability }) =>
      reachability
        .filter((finding) => finding.kind === "unknown")
        .map(({ resource, problem }) => ({ resource, problem })),
  },
} satisfies Rules;

/** One violation for each cause: a target that several sources cannot reach, or several targets of one source. */
function missingConnections(connections: readonly MissingConnection[]): readonly Violation[] {
  const byTarget = grouped(connections, ({ from, to, port, blockedReason }) => {
    return [to, port, blockedReason.replaceAll(from, "")];
  });
  const isShared = (group: readonly MissingConnection[]) =>
    group.length > 1 || group.some(({ from }) => !from.startsWith("aws_"));
  const ofOne = byTarget.filter((group) => !isShared(group)).flat();
  const bySource = grouped(ofOne, ({ from, to, port, blockedReason }) => [
    from,
    port,
    blockedReason.replaceAll(to, ""),
  ]);
  return [
    ...byTarget.filter(isShared).map((group) => {
      const sources = listed(group.map(({ from }) => from));
      return violation(group, "to", (port) => `cannot be reached by ${sources} on TCP ${port}`);
    }),
    ...bySource.map((group) => {
      const targets = listed(group.map(({ to }) => to));
      return violation(group, "from", (port) => `cannot reach ${targets} on TCP ${port}`);
    }),
  ].flat();
}

/** One violation for each rule, or for the two rules of a path. */
function unneededConnections(connections: readonly UnneededConnection[]): readonly Violation[] {
  return grouped(connections, ({ rules, traffic }) => [rules, traffic]).flatMap((group) =>
    group.slice(0, 1).map(({ rules: [resource = "", ...others], traffic }) => {
      const together = others.length === 0 ? "" : ` together with ${others.join(" and ")}`;
      const [sources, targets] = [listed(group.map(({ from }) => from)), listed(group.map(({ to }) => to))];
      const problem = `opens ${targets} to ${sources} on ${traffic}${together}, which no resource declares`;
      return { resource, problem };
    }),
  );
}

function violation(
  group: readonly MissingConnection[],
  end: "from" | "to",
  problem: (port: number) => string,
): readonly Violation[] {
  const reasons = [...new Set(group.map(({ reason }) => reason))].join("; ");
  return group.slice(0, 1).map((connection) => ({
    resource: connection[end],
    problem: `${problem(connection.port)} (${reasons}): ${connection.blockedReason}`,
  }));
}

function grouped<Item>(items: readonly Item[], key: (item: Item) => unknown): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const text = JSON.stringify(key(item));
    groups.set(text, [...(groups.get(text) ?? []), item]);
  }
  return [...groups.values()];
}

/** The first three names and the number of the others. */
function listed(names: readonly string[]): string {
  const all = [...new Set(names)].sort();
  const shown = all.slice(0, 3).join(", ");
  return all.length > 3 ? `${shown} and ${all.length - 3} more` : shown;
}
