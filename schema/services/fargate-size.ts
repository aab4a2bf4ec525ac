import { z } from "zod";

/**
 * CPU (1/1024 vCPU) and memory (MiB) that Fargate accepts together, so that a wrong pair does not type-check.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
 */
export const fargateSize = z.discriminatedUnion(
  "cpu",
  [
    pair(256, [512, 1024, 2048]),
    pair(512, [1024, 2048, 3072, 4096]),
    pair(1024, [2048, 3072, 4096, 5120, 6144, 7168, 8192]),
    pair(2048, [4096, 5120, 6144, 7168, 8192, 9216, 10240, 11264, 12288, 13312, 14336, 15360, 16384]),
    pair(
      4096,
      [
        8192, 9216, 10240, 11264, 12288, 13312, 14336, 15360, 16384, 17408, 18432, 19456, 20480, 21504, 22528, 23552,
        24576, 25600, 26624, 27648, 28672, 29696, 30720,
      ],
    ),
    pair(8192, [16384, 20480, 24576, 28672, 32768, 36864, 40960, 45056, 49152, 53248, 57344, 61440]),
    pair(16384, [32768, 40960, 49152, 57344, 65536, 73728, 81920, 90112, 98304, 106496, 114688, 122880]),
  ],
  "is no CPU size of Fargate; write 256, 512, 1024, 2048, 4096, 8192 or 16384",
);

function pair<const Cpu extends number, const MemoryMiB extends number>(cpu: Cpu, memoryMiB: readonly MemoryMiB[]) {
  return z.strictObject({
    cpu: z.literal(cpu),
    memoryMiB: z.literal(memoryMiB, `does not go with cpu ${cpu} on Fargate; write one of ${memoryMiB.join(", ")}`),
  });
}
