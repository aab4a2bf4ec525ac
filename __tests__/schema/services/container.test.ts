import { stageSchema } from "../../../schema/stage";
import { web } from "../../fixtures/problems";
import { minimalService, minimalStage, stageWith } from "../../fixtures/stage";

describe("the container of a service", () => {
  it("is small, read-only and not root by default", () => {
    expect(stageWith().services.orders).toEqual({
      kind: "web",
      size: { cpu: 256, memoryMiB: 512 },
      architecture: "ARM64",
      capacity: { mode: "on-demand" },
      environment: {},
      secrets: {},
      user: "1000:1000",
      readonlyRootFilesystem: true,
      tmpfs: {},
      initProcessEnabled: true,
      stopTimeoutSeconds: 30,
      sidecars: {},
      logs: { driver: "awslogs" },
      logRetentionDays: 14,
      uses: [],
      permissions: [],
      calls: [],
      enableExecuteCommand: false,
      tasks: {},
      routes: [{ text: "/*", method: "ANY", segments: [], greedy: true, scopes: [], hosts: [] }],
      port: 8080,
      deregistrationDelaySeconds: 30,
      healthCheck: {
        container: {
          command: ["node", "dist/health-check.js"],
          intervalSeconds: 30,
          timeoutSeconds: 5,
          retries: 3,
          startPeriodSeconds: 60,
        },
        target: {
          path: "/health",
          intervalSeconds: 10,
          timeoutSeconds: 6,
          healthyThreshold: 3,
          unhealthyThreshold: 3,
        },
      },
      deployment: {
        strategy: "rolling",
        waitForSteadyState: false,
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        availabilityZoneRebalancing: false,
        healthCheckGracePeriodSeconds: 60,
      },
    });
  });

  it("is the number in the stage file", () => {
    const said = {
      command: ["node", "server.js"],
      size: { cpu: 1024, memoryMiB: 4096 },
      architecture: "X86_64",
      ephemeralStorageGiB: 21,
      fileSystem: { mountPath: "/files" },
      user: "1001",
      readonlyRootFilesystem: false,
      tmpfs: { "/tmp": { sizeMiB: 64 }, "/var/cache/app": { sizeMiB: 1 } },
      openFileLimit: 1024,
      initProcessEnabled: false,
      stopTimeoutSeconds: 120,
      restartPolicy: { ignoredExitCodes: [0, 255], restartAttemptPeriodSeconds: 60 },
      logRetentionDays: 3653,
      desiredCount: 0,
      enableExecuteCommand: true,
      tasks: { migrate: { command: ["node", "migrate.js"] } },
      port: 65535,
      deregistrationDelaySeconds: 3600,
    };
    expect(stageSchema.parse({ ...minimalStage, ...web(said) }).services.orders).toMatchObject(said);
  });

  it.each([
    [{ mode: "spot" }, { mode: "spot" }],
    [{ mode: "mixed" }, { mode: "mixed", onDemandBase: 1 }],
    [
      { mode: "mixed", onDemandBase: 5000 },
      { mode: "mixed", onDemandBase: 5000 },
    ],
  ] as const)("runs on capacity %j", (capacity, expected) => {
    const { orders } = stageWith({ services: { orders: { ...minimalService, capacity } } }).services;
    expect(orders?.capacity).toEqual(expected);
  });

  it("has a restart policy of five minutes and no ignored exit codes by default", () => {
    const { orders } = stageWith({ services: { orders: { ...minimalService, restartPolicy: {} } } }).services;
    expect(orders?.restartPolicy).toEqual({ ignoredExitCodes: [], restartAttemptPeriodSeconds: 300 });
  });
});
