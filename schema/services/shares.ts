import type { Logs, Telemetry } from "./observability";
import type { Sidecar } from "./sidecar";

/** CPU in 1/1024 vCPU, memory in MiB. */
export interface Share {
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** What of a service decides how its task is divided. */
export interface Divided {
  readonly size: Share;
  readonly sidecars: Readonly<Record<string, Pick<Sidecar, keyof Share>>>;
  readonly logs: Pick<Logs, "driver"> & Partial<Share>;
  readonly telemetry?: Pick<Telemetry, keyof Share> | undefined;
  readonly writablePaths: Readonly<Record<string, { readonly sizeMiB: number }>>;
}

/** Names of the containers that the stack itself puts beside a service's. */
export const ownSidecars = ["log-router", "collector"] as const;

/** The least that a service's own container is left with, beside its writable paths. */
export const leastShare: Share = { cpu: 64, memoryMiB: 128 };

/** What the sidecars of a task take from it. */
export function sidecarShare({ sidecars, logs, telemetry }: Divided): Share {
  const router = logs.driver === "firelens" ? [{ cpu: logs.cpu ?? 0, memoryMiB: logs.memoryMiB ?? 0 }] : [];
  const collector = telemetry === undefined ? [] : [telemetry];
  return sum([...Object.values(sidecars), ...router, ...collector]);
}

/** What is left for the service's own container; negative when the sidecars do not fit. */
export function ownShare(service: Divided): Share {
  const { cpu, memoryMiB } = sidecarShare(service);
  const paths = Object.values(service.writablePaths).reduce((total, { sizeMiB }) => total + sizeMiB, 0);
  return { cpu: service.size.cpu - cpu, memoryMiB: service.size.memoryMiB - memoryMiB - paths };
}

/** What the task should have at the least, so that everything fits. */
export function neededSize(service: Divided): Share {
  const { size } = service;
  const left = ownShare(service);
  return {
    cpu: size.cpu - left.cpu + leastShare.cpu,
    memoryMiB: size.memoryMiB - left.memoryMiB + leastShare.memoryMiB,
  };
}

/** Whether every container of the task has what it asks for. */
export function fits(service: Divided): boolean {
  const left = ownShare(service);
  return left.cpu >= leastShare.cpu && left.memoryMiB >= leastShare.memoryMiB;
}

function sum(shares: readonly Share[]): Share {
  return shares.reduce(
    (total, { cpu, memoryMiB }) => ({ cpu: total.cpu + cpu, memoryMiB: total.memoryMiB + memoryMiB }),
    { cpu: 0, memoryMiB: 0 },
  );
}
