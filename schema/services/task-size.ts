import { z } from "zod";

/**
 * Combinations of CPU (1/1024 vCPU) and memory (MiB) that Fargate accepts; other combinations do not type-check.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
export const fargateSize = z.discriminatedUnion(
  "cpu",
  [
    sizes(256, [512, 1024, 2048]),
    sizes(512, [1024, 2048, 3072, 4096]),
    sizes(1024, [2048, 3072, 4096, 5120, 6144, 7168, 8192]),
    sizes(2048, [4096, 5120, 6144, 7168, 8192, 9216, 10240, 11264, 12288, 13312, 14336, 15360, 16384]),
    sizes(
      4096,
      [
        8192, 9216, 10240, 11264, 12288, 13312, 14336, 15360, 16384, 17408, 18432, 19456, 20480, 21504, 22528, 23552,
        24576, 25600, 26624, 27648, 28672, 29696, 30720,
      ],
    ),
    sizes(8192, [16384, 20480, 24576, 28672, 32768, 36864, 40960, 45056, 49152, 53248, 57344, 61440]),
    sizes(16384, [32768, 40960, 49152, 57344, 65536, 73728, 81920, 90112, 98304, 106496, 114688, 122880]),
  ],
  "must be a CPU size of Fargate; write 256, 512, 1024, 2048, 4096, 8192 or 16384",
);

function sizes<const Cpu extends number, const MemoryMiB extends number>(cpu: Cpu, memoryMiB: readonly MemoryMiB[]) {
  return z.strictObject({
    cpu: z.literal(cpu),
    memoryMiB: z.literal(
      memoryMiB,
      `must be a memory size that Fargate offers with cpu ${cpu}; write one of ${memoryMiB.join(", ")}`,
    ),
  });
}

/** CPU in 1/1024 vCPU, memory in MiB. */
export interface ContainerSize {
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** The fields of a service that determine how much of its task each container gets. */
export interface SizedService {
  readonly size: ContainerSize;
  readonly sidecars: Readonly<Record<string, ContainerSize>>;
  readonly logs: { readonly driver: "awslogs" | "firelens" } & Partial<ContainerSize>;
  readonly telemetry?: ContainerSize | undefined;
  readonly tmpfs: Readonly<Record<string, { readonly sizeMiB: number }>>;
}

/** Minimum size of a service's own container, without its tmpfs mounts. */
export const minimumContainerSize: ContainerSize = { cpu: 64, memoryMiB: 128 };

/** Sum of the sidecars' sizes, the log router and the collector included. */
export function sidecarSize({ sidecars, logs, telemetry }: SizedService): ContainerSize {
  const router = logs.driver === "firelens" ? [{ cpu: logs.cpu ?? 0, memoryMiB: logs.memoryMiB ?? 0 }] : [];
  const collector = telemetry === undefined ? [] : [telemetry];
  return sum([...Object.values(sidecars), ...router, ...collector]);
}

/** Size that remains for the service's own container; negative when the sidecars do not fit. */
export function serviceContainerSize(service: SizedService): ContainerSize {
  const { cpu, memoryMiB } = sidecarSize(service);
  const tmpfs = Object.values(service.tmpfs).reduce((total, { sizeMiB }) => total + sizeMiB, 0);
  return { cpu: service.size.cpu - cpu, memoryMiB: service.size.memoryMiB - memoryMiB - tmpfs };
}

/** Minimum task size for all containers of a service. */
export function requiredTaskSize(service: SizedService): ContainerSize {
  const { size } = service;
  const remaining = serviceContainerSize(service);
  return {
    cpu: size.cpu - remaining.cpu + minimumContainerSize.cpu,
    memoryMiB: size.memoryMiB - remaining.memoryMiB + minimumContainerSize.memoryMiB,
  };
}

/** Whether all containers of a service fit into its task size. */
export function fits(service: SizedService): boolean {
  const remaining = serviceContainerSize(service);
  return remaining.cpu >= minimumContainerSize.cpu && remaining.memoryMiB >= minimumContainerSize.memoryMiB;
}

function sum(sizes: readonly ContainerSize[]): ContainerSize {
  return sizes.reduce(
    (total, { cpu, memoryMiB }) => ({ cpu: total.cpu + cpu, memoryMiB: total.memoryMiB + memoryMiB }),
    { cpu: 0, memoryMiB: 0 },
  );
}
