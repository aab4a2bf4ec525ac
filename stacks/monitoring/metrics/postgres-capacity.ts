import type { ServerMonitoringTarget } from "../monitoring-target";

/** The memory of a Postgres server and the connections that it accepts. */
export interface PostgresCapacity {
  readonly memoryGib: number;
  readonly connections: number;
}

/** GiB of a `large` server by the family of its class; every next size has twice as much. https://aws.amazon.com/rds/instance-types/ */
const largeSizeGib: Readonly<Record<string, number>> = { t: 8, m: 8, c: 4, r: 16, x2g: 32, x2idn: 32, x2iedn: 64 };

/** Sizes as multiples of `large`; a number before `xlarge` counts xlarges. */
const sizeFactors: Readonly<Record<string, number>> = {
  micro: 1 / 8,
  small: 1 / 4,
  medium: 1 / 2,
  large: 1,
  xlarge: 2,
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html */
const gibPerAcu = 2;

/** RDS's default maximum of connections, and its maximum for a cluster whose minimum capacity is below one ACU. */
const [maximumConnections, maximumConnectionsBelowOneAcu] = [5000, 2000];

/** The capacity of an instance by its class, or of a cluster at its maximum ACUs; undefined for an unknown class family. */
export function postgresCapacity(server: ServerMonitoringTarget): PostgresCapacity | undefined {
  if (server.kind === "instance") {
    const memoryGib = classMemoryGib(server.class);
    if (memoryGib === undefined) return undefined;
    return { memoryGib, connections: defaultConnections(memoryGib, maximumConnections) };
  }
  const { minimum, maximum } = server.capacity;
  const memoryGib = maximum * gibPerAcu;
  const limit = minimum < 1 ? maximumConnectionsBelowOneAcu : maximumConnections;
  return { memoryGib, connections: defaultConnections(memoryGib, limit) };
}

function classMemoryGib(instanceClass: string): number | undefined {
  const [, letters = "", options = "", size = ""] = /^db\.([a-z]+)(\d+[a-z]*)\.([a-z0-9]+)$/.exec(instanceClass) ?? [];
  const large = largeSizeGib[`${letters}${options}`] ?? largeSizeGib[letters];
  const factor = sizeFactors[size] ?? 2 * Number(/^(\d+)xlarge$/.exec(size)?.[1]);
  return large === undefined || Number.isNaN(factor) ? undefined : large * factor;
}

/**
 * RDS divides the memory that it leaves to Postgres by 9,531,392. The documented results for Aurora Serverless v2 are
 * 189 connections for 2 GiB, 823 for 8, 1,669 for 16 and 3,360 for 32; this is the line through them.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections
 */
function defaultConnections(memoryGib: number, limit: number): number {
  return Math.min(limit, Math.round(105.7 * memoryGib - 22.5));
}
