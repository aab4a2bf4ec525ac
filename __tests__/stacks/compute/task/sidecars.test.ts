import { containersOf } from "../../../fixtures/synthesized";
import { openNetwork as network, stackOf } from "../../../fixtures/stage";

const envoy = { image: "public.ecr.aws/envoy/envoy:1", memoryMiB: 64 };
const secretArn = "arn:aws:secretsmanager:us-east-1:111122223333:secret:stripe-AbCdEf";
const withSidecars = (sidecars: Record<string, object>) => containersOf(stackOf({ sidecars }, { network }));

describe("a sidecar", () => {
  it("is locked down by default, has a memory limit and is essential", () => {
    expect(withSidecars({ envoy }).envoy).toEqual({
      name: "envoy",
      image: envoy.image,
      essential: true,
      cpu: 0,
      memory: 64,
      environment: [],
      user: "1000:1000",
      readonlyRootFilesystem: true,
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": "${aws_cloudwatch_log_group.services_orders.name}",
          "awslogs-region": "us-east-1",
          "awslogs-stream-prefix": "envoy",
        },
      },
    });
  });

  it("uses the configured values", () => {
    const sidecar = {
      ...envoy,
      essential: false,
      cpu: 32,
      command: ["envoy", "-v"],
      environment: { ZONE: "z", AREA: "a" },
      secrets: { KEY: { secretArn, key: "live" } },
      user: "101",
      readonlyRootFilesystem: false,
      healthCheck: { command: ["check"] },
    };
    expect(withSidecars({ envoy: sidecar }).envoy).toMatchObject({
      essential: false,
      cpu: 32,
      command: ["envoy", "-v"],
      environment: [
        { name: "AREA", value: "a" },
        { name: "ZONE", value: "z" },
      ],
      secrets: [{ name: "KEY", valueFrom: `${secretArn}:live::` }],
      user: "101",
      readonlyRootFilesystem: false,
      healthCheck: { command: ["CMD", "check"], interval: 30, timeout: 5, retries: 3, startPeriod: 60 },
    });
  });

  it("is waited for under the configured condition", () => {
    const healthCheck = { command: ["check"] };
    const { orders } = withSidecars({
      envoy: { ...envoy, dependencyCondition: "healthy", healthCheck },
      cache: { ...envoy, dependencyCondition: "start" },
      setup: { ...envoy, essential: false, dependencyCondition: "success" },
      seed: { ...envoy, essential: false, dependencyCondition: "complete" },
      other: envoy,
    });
    expect(orders?.dependsOn).toEqual([
      { containerName: "envoy", condition: "HEALTHY" },
      { containerName: "cache", condition: "START" },
      { containerName: "setup", condition: "SUCCESS" },
      { containerName: "seed", condition: "COMPLETE" },
    ]);
    expect(withSidecars({ envoy }).orders).not.toHaveProperty("dependsOn");
  });
});
