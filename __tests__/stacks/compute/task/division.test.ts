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
  it("share its CPU without a rest, the service's own taking what the others leave", () => {
    expect(containersOf(stack).orders?.cpu).toBe(512 - 96 - 32 - 64);
    expect(sum("cpu")).toBe(size.cpu);
  });

  it("share its memory: each of the others has a limit, and the service's own has all that is left", () => {
    expect(sum("memory")).toBe(200 + 64 + 128);
    expect(containersOf(stack).orders).not.toHaveProperty("memory");
    expect(containers.filter(({ name, memory }) => name !== "orders" && memory === undefined)).toEqual([]);
  });

  it("write to the service's log group all, each under its own name, but for those of FireLens", () => {
    const prefixes = containers.map(({ logConfiguration }) => logConfiguration.options["awslogs-stream-prefix"]);
    expect(prefixes).toEqual([undefined, "envoy", "log-router", "collector"]);
  });
});
