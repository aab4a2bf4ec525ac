import fc from "fast-check";
import {
  fits,
  minimumContainerSize,
  requiredTaskSize,
  serviceContainerSize,
  sidecarSize,
  type SizedService,
} from "../../../schema/services/task-size";
import { problems, web } from "../../fixtures/problems";

const share = fc.record({ cpu: fc.integer({ min: 0, max: 4096 }), memoryMiB: fc.integer({ min: 6, max: 16384 }) });
const size = fc.record({ cpu: fc.integer({ min: 256, max: 16384 }), memoryMiB: fc.integer({ min: 512, max: 122880 }) });

const service: fc.Arbitrary<SizedService> = fc.record({
  size,
  sidecars: fc.dictionary(fc.string(), share, { maxKeys: 4 }),
  logs: fc.oneof(
    fc.constant({ driver: "awslogs" } as const),
    share.map((each) => ({ driver: "firelens", ...each }) as const),
  ),
  telemetry: fc.option(share, { nil: undefined }),
  tmpfs: fc.dictionary(fc.string(), fc.record({ sizeMiB: fc.integer({ min: 1, max: 8192 }) }), { maxKeys: 4 }),
});

const forEveryService = (check: (sized: SizedService) => void) => {
  fc.assert(fc.property(service, check));
};

describe("the containers' sizes in a task", () => {
  it("add up to the task: sidecars, tmpfs and the service's own container", () => {
    forEveryService((sized) => {
      const [taken, left] = [sidecarSize(sized), serviceContainerSize(sized)];
      const paths = Object.values(sized.tmpfs).reduce((total, { sizeMiB }) => total + sizeMiB, 0);
      expect(taken.cpu + left.cpu).toBe(sized.size.cpu);
      expect(taken.memoryMiB + left.memoryMiB + paths).toBe(sized.size.memoryMiB);
    });
  });

  it("are the whole task without sidecars", () => {
    fc.assert(
      fc.property(size, (whole) => {
        const alone: SizedService = { size: whole, sidecars: {}, logs: { driver: "awslogs" }, tmpfs: {} };
        expect(serviceContainerSize(alone)).toEqual(whole);
      }),
    );
  });

  it("fit into the required size, and into no smaller one", () => {
    forEveryService((sized) => {
      const needed = requiredTaskSize(sized);
      expect(fits({ ...sized, size: needed })).toBe(true);
      expect(fits({ ...sized, size: { ...needed, cpu: needed.cpu - 1 } })).toBe(false);
      expect(fits({ ...sized, size: { ...needed, memoryMiB: needed.memoryMiB - 1 } })).toBe(false);
    });
  });

  it("need the same size, whatever the task has", () => {
    fc.assert(
      fc.property(service, size, (sized, other) => {
        expect(requiredTaskSize({ ...sized, size: other })).toEqual(requiredTaskSize(sized));
      }),
    );
  });

  it("fit into every larger task", () => {
    fc.assert(
      fc.property(service, share, (sized, more) => {
        const { cpu, memoryMiB } = requiredTaskSize(sized);
        const larger = { cpu: cpu + more.cpu, memoryMiB: memoryMiB + more.memoryMiB };
        expect(fits({ ...sized, size: larger })).toBe(true);
      }),
    );
  });

  it("leave the service at least 64 CPU units and 128 MiB", () => {
    expect(minimumContainerSize).toEqual({ cpu: 64, memoryMiB: 128 });
    forEveryService((sized) => {
      if (!fits(sized)) return;
      expect(serviceContainerSize(sized).cpu).toBeGreaterThanOrEqual(64);
      expect(serviceContainerSize(sized).memoryMiB).toBeGreaterThanOrEqual(128);
    });
  });
});

describe("a task that is too small for its containers", () => {
  const image = "111122223333.dkr.ecr.us-east-1.amazonaws.com/envoy:1";

  it.each<[string, object, RegExp]>([
    [
      "of a sidecar's CPU",
      { sidecars: { envoy: { image, cpu: 193, memoryMiB: 64 } } },
      /orders.size: .* is too small for its containers; write cpu of 257 or more and memoryMiB of 192 or more/,
    ],
    [
      "of a sidecar's memory",
      { sidecars: { envoy: { image, memoryMiB: 385 } } },
      /orders.size: .* is too small for its containers; write cpu of 64 or more and memoryMiB of 513 or more/,
    ],
    [
      "of its log router",
      { logs: { driver: "firelens", destination: "s3", image, memoryMiB: 400 } },
      /orders.size: .* is too small for its containers; .* memoryMiB of 528 or more/,
    ],
    ["of its collector", { telemetry: { image, cpu: 256 } }, /orders.size: .* is too small .* cpu of 320 or more/],
    [
      "of its paths in memory",
      { tmpfs: { "/tmp": { sizeMiB: 512 } } },
      /orders.size: .* is too small for its containers; .* memoryMiB of 640 or more/,
    ],
  ])("is refused because %s", (_, fields, message) => {
    expect(problems(web(fields))).toMatch(message);
  });

  it("is accepted when all containers fit", () => {
    expect(problems(web({ sidecars: { envoy: { image, cpu: 192, memoryMiB: 384 } } }))).toBe("");
  });
});
