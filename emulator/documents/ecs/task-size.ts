import { objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import { firstRefusal, type DocumentCheck, type Refusal } from "../document";
import { numberOf } from "../values";
import { clientException, isFargate, isWindows } from "./task-definition";

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
const fargateMemory: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, steps(1024, 4096, 1024)],
  [1024, steps(2048, 8192, 1024)],
  [2048, steps(4096, 16384, 1024)],
  [4096, steps(8192, 30720, 1024)],
  [8192, steps(16384, 61440, 4096)],
  [16384, steps(32768, 122880, 8192)],
]);

/** CPU and memory of a task and of its containers. */
export const taskSize: DocumentCheck = {
  service: "ecs",
  operations: ["RegisterTaskDefinition"],
  source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size",
  check: (input) => firstRefusal([fargateSize, containerMemory, containerCpu], input),
};

function fargateSize(input: JsonObject): Refusal | undefined {
  if (!isFargate(input)) return undefined;
  for (const name of ["cpu", "memory"]) {
    if (text(input[name]) === "")
      return clientException(`Fargate requires that '${name}' be defined at the task level.`);
  }
  const cpu = cpuUnits(input.cpu);
  if (cpu === undefined) return clientException("Invalid 'cpu' setting for task.");
  const memory = memoryMiB(input.memory);
  if (memory === undefined) return clientException("Invalid 'memory' setting for task.");
  const least = isWindows(input) ? 1024 : 256;
  if (cpu >= least && fargateMemory.get(cpu)?.includes(memory)) return undefined;
  return clientException(
    `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory. See the Amazon ECS documentation for the valid values.`,
  );
}

function containerMemory(input: JsonObject): Refusal | undefined {
  const task = memoryMiB(input.memory);
  let reserved = 0;
  for (const container of objects(input.containerDefinitions)) {
    const name = text(container.name);
    const hard = numberOf(container.memory);
    const soft = numberOf(container.memoryReservation);
    if (hard === undefined && soft === undefined && task === undefined) {
      return clientException(
        `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
      );
    }
    if (hard !== undefined && soft !== undefined && soft > hard) {
      return clientException(
        `Invalid setting for container '${name}'. The hard limit 'memory' must be greater than or equal to 'memoryReservation'.`,
      );
    }
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html#ECS-Type-ContainerDefinition-memory
    if (task !== undefined && Math.max(hard ?? 0, soft ?? 0) > task) {
      return clientException(`The 'memory' setting for container '${name}' is greater than for the task.`);
    }
    reserved += soft ?? 0;
  }
  if (task === undefined || reserved <= task) return undefined;
  return clientException(
    "The sum of all container 'memoryReservation' values cannot be greater than the value of the task 'memory'.",
  );
}

function containerCpu(input: JsonObject): Refusal | undefined {
  const task = cpuUnits(input.cpu);
  const used = objects(input.containerDefinitions).reduce((sum, { cpu }) => sum + (numberOf(cpu) ?? 0), 0);
  if (task === undefined || used <= task) return undefined;
  return clientException("The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.");
}

/** CPU units of "1024" or "1 vCPU". */
function cpuUnits(value: JsonValue): number | undefined {
  return amount(text(value), "vcpu");
}

/** Memory of "2048" or "2 GB". */
function memoryMiB(value: JsonValue): number | undefined {
  return amount(text(value), "gb");
}

function amount(written: string, unit: string): number | undefined {
  const [, number, suffix] = /^(\d+(?:\.\d+)?|\.\d+) ?([a-z]*)$/.exec(written.trim().toLowerCase()) ?? [];
  if (number === undefined || (suffix !== "" && suffix !== unit)) return undefined;
  return Number(number) * (suffix === "" ? 1 : 1024);
}

function steps(first: number, last: number, step: number): readonly number[] {
  return Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);
}
