import {
  ApplicationAutoScalingClient,
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
  type MetricType,
} from "@aws-sdk/client-application-auto-scaling";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { emulatorForSuite, refusal } from "../running-emulator";

// moto starts in seconds on a busy machine.
jest.setTimeout(60_000);

describe("Application Auto Scaling", () => {
  const aws = emulatorForSuite();
  let ecs: ECSClient;
  let scaling: ApplicationAutoScalingClient;

  beforeAll(async () => {
    ecs = new ECSClient(aws.client());
    scaling = new ApplicationAutoScalingClient(aws.client());
    await ecs.send(new CreateClusterCommand({ clusterName: "one" }));
    const containerDefinitions = [{ name: "app", image: "app", memory: 512 }];
    await ecs.send(new RegisterTaskDefinitionCommand({ family: "app", containerDefinitions }));
  });

  const service = (serviceName: string) =>
    ecs.send(new CreateServiceCommand({ cluster: "one", serviceName, taskDefinition: "app", desiredCount: 1 }));
  const targetOf = (name: string) => ({
    ServiceNamespace: "ecs" as const,
    ResourceId: `service/one/${name}`,
    ScalableDimension: "ecs:service:DesiredCount" as const,
  });
  const register = (name: string) =>
    refusal(scaling.send(new RegisterScalableTargetCommand({ ...targetOf(name), MinCapacity: 1, MaxCapacity: 2 })));
  const policy = (name: string, PolicyName: string, metric = PolicyName === "memory" ? "Memory" : "CPU") =>
    refusal(
      scaling.send(
        new PutScalingPolicyCommand({
          ...targetOf(name),
          PolicyName,
          PolicyType: "TargetTrackingScaling",
          TargetTrackingScalingPolicyConfiguration: {
            TargetValue: 50,
            PredefinedMetricSpecification: {
              PredefinedMetricType: `ECSServiceAverage${metric}Utilization` as MetricType,
            },
          },
        }),
      ),
    );

  it("refuses a scalable target of a service that does not exist or is deleted [scalable-service-exists]", async () => {
    expect(await register("registered")).toBe("ValidationException");
    await service("registered");
    expect(await register("registered")).toBe("");
    await ecs.send(new DeleteServiceCommand({ cluster: "one", service: "registered", force: true }));
    expect(await register("registered")).toBe("ValidationException");
  });

  it("refuses policies and scheduled actions of no scalable target [policy-without-scalable-target]", async () => {
    await service("scaled");
    const action = () =>
      refusal(
        scaling.send(
          new PutScheduledActionCommand({
            ...targetOf("scaled"),
            ScheduledActionName: "night",
            Schedule: "cron(0 20 * * ? *)",
            ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 0 },
          }),
        ),
      );
    const deregister = () => refusal(scaling.send(new DeregisterScalableTargetCommand(targetOf("scaled"))));
    expect(await policy("scaled", "cpu")).toBe("ObjectNotFoundException");
    expect(await action()).toBe("ObjectNotFoundException");
    expect(await deregister()).toBe("ObjectNotFoundException");
    await register("scaled");
    expect(await policy("scaled", "cpu")).toBe("");
    expect(await action()).toBe("");
    expect(await deregister()).toBe("");
  });

  it("refuses a scalable target without a capacity, or with a minimum above its maximum [scalable-target-capacity]", async () => {
    await service("capacity");
    const change = (capacity: { readonly MinCapacity?: number; readonly MaxCapacity?: number }) =>
      refusal(scaling.send(new RegisterScalableTargetCommand({ ...targetOf("capacity"), ...capacity })));
    expect(await change({ MinCapacity: 1 })).toBe("ValidationException");
    expect(await change({ MinCapacity: 1, MaxCapacity: 2 })).toBe("");
    expect(await change({ MinCapacity: 3 })).toBe("ValidationException");
    expect(await change({ MinCapacity: 2 })).toBe("");
    expect(await change({})).toBe("");
  });

  it("refuses to delete a policy that does not exist [scaling-policy-unknown]", async () => {
    await service("deleted");
    await register("deleted");
    await policy("deleted", "cpu");
    const end = () =>
      refusal(scaling.send(new DeleteScalingPolicyCommand({ ...targetOf("deleted"), PolicyName: "cpu" })));
    expect([await end(), await end()]).toEqual(["", "ObjectNotFoundException"]);
  });

  it("refuses a second policy of a metric [scaling-policy-of-same-metric]", async () => {
    await service("metric");
    await register("metric");
    expect(await policy("metric", "first", "CPU")).toBe("");
    expect(await policy("metric", "first", "CPU")).toBe("");
    expect(await policy("metric", "second", "CPU")).toBe("ValidationException");
    expect(await policy("metric", "second", "Memory")).toBe("");
  });

  it("refuses one of two policies at the same time, and takes them one after the other [policies-at-the-same-time]", async () => {
    await service("busy");
    await register("busy");
    const together = await Promise.all([policy("busy", "cpu"), policy("busy", "memory")]);
    expect(together.sort()).toEqual(["", "ConcurrentUpdateException"]);
    expect(await policy("busy", "cpu")).toBe("");
    expect(await policy("busy", "memory")).toBe("");
  });
});
