import type { ServerMonitoringTarget } from "../monitoring-target";

/** What a server of Postgres has when nothing else uses it. */
export interface PostgresSize {
  readonly memoryGib: number;
  /** Connections that it accepts. */
  readonly connections: number;
}

/** GiB of a `large` server by the family of its class; every next size has twice as much. https://aws.amazon.com/rds/instance-types/ */
const gibOfLarge: Readonly<Record<string, number>> = { t: 8, m: 8, c: 4, r: 16, x2g: 32, x2idn: 32, x2iedn: 64 };

const smallSizes: Readonly<Record<string, number>> = { micro: 1 / 8, small: 1 / 4, medium: 1 / 2, large: 1, xlarge: 2 };

/** ACUs have 2 GiB each. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html */
const gibOfAcu = 2;

/** Where the default of RDS ends, and where it ends for a cluster that may shrink below one ACU. */
const [mostConnections, mostWhenSmall] = [5000, 2000];

/** The size of a server as its class says, or of a cluster at its largest; undefined of a class with a family that is not known. */
export function postgresSize(server: ServerMonitoringTarget): PostgresSize | undefined {
  if (server.kind === "instance") {
    const memoryGib = memoryOf(server.class);
    if (memoryGib === undefined) return undefined;
    return { memoryGib, connections: connectionsOf(memoryGib, mostConnections) };
  }
  const { minimum, maximum } = server.capacity;
  const memoryGib = maximum * gibOfAcu;
  return { memoryGib, connections: connectionsOf(memoryGib, minimum < 1 ? mostWhenSmall : mostConnections) };
}

function memoryOf(name: string): number | undefined {
  const [, letters = "", options = "", size = ""] = /^db\.([a-z]+)(\d+[a-z]*)\.([a-z0-9]+)$/.exec(name) ?? [];
  const large = gibOfLarge[`${letters}${options}`] ?? gibOfLarge[letters];
  const times = smallSizes[size] ?? 2 * Number(/^(\d+)xlarge$/.exec(size)?.[1]);
  return large === undefined || Number.isNaN(times) ? undefined : large * times;
}

/**
 * RDS divides the memory that it leaves to Postgres by 9,531,392, and tells the result for Aurora Serverless v2: 189 for
 * 2 GiB, 823 for 8, 1,669 for 16, 3,360 for 32. This is the line through them.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections
 */
function connectionsOf(memoryGib: number, most: number): number {
  return Math.min(most, Math.round(105.7 * memoryGib - 22.5));
}
