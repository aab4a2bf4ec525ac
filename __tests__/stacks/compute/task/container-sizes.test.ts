import { containersOf } from "../../../fixtures/synthesized";
import { openNetwork as network, stackOf } from "../../../fixtures/stage";

const sidecar = { image: "public.ecr.aws/envoy/envoy:1", cpu: 96, memoryMiB: 200 };
const size = { cpu: 512, memoryMiB: 1024 };
const stack = stackOf(
  { size, sidecars: { envoy: sidecar }, logs: { driver: "firelens", destination: "s3", cpu: 32 }, telemetry: {} },
  { network },
);
const containers = Object.values(containersOf(stack));
const sum = (field: "cpu" | "memory") => containers.reduce((total, { [field]: value = 0 }) => total + value, 0);

describe("the containers of a task", () => {
  it("use all of its CPU, the service container taking what the others leave", () => {
    expect(containersOf(stack).orders?.cpu).toBe(512 - 96 - 32 - 64);
    expect(sum("cpu")).toBe(size.cpu);
  });

  it("have memory limits, but for the service container, which has the rest", () => {
    expect(sum("memory")).toBe(200 + 64 + 128);
    expect(containersOf(stack).orders).not.toHaveProperty("memory");
    expect(containers.filter(({ name, memory }) => name !== "orders" && memory === undefined)).toEqual([]);
  });

  it("write to the service's log group with their names as stream prefixes, but for those of FireLens", () => {
    const prefixes = containers.map(({ logConfiguration }) => logConfiguration.options["awslogs-stream-prefix"]);
    expect(prefixes).toEqual([undefined, "envoy", "log-router", "collector"]);
  });
});
