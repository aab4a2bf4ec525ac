import { randomUUID } from "node:crypto";
import {
  CreateCapacityProviderCommand,
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DeregisterTaskDefinitionCommand,
  DescribeServicesCommand,
  ECSClient,
  PutClusterCapacityProvidersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  UpdateServiceCommand,
  type CreateServiceCommandInput,
  type UpdateServiceCommandInput,
} from "@aws-sdk/client-ecs";
import {
  CreateListenerCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAMClient } from "@aws-sdk/client-iam";
import {
  CreateHttpNamespaceCommand,
  ListNamespacesCommand,
  ServiceDiscoveryClient,
} from "@aws-sdk/client-servicediscovery";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createNetwork, createTargetGroup, type Network } from "./load-balanced-network";
import { roleFor } from "./roles";

// moto starts in seconds on a busy machine.
jest.setTimeout(60_000);

describe("ECS", () => {
  const aws = emulatorForSuite();
  let ecs: ECSClient;
  let network: Network;
  let execution: string;

  beforeAll(async () => {
    ecs = new ECSClient(aws.client());
    network = await createNetwork(aws.client(), "application");
    execution = await roleFor(new IAMClient(aws.client()), "execution", "ecs-tasks.amazonaws.com");
  });

  const cluster = async (clusterName: string): Promise<string> => {
    await ecs.send(new CreateClusterCommand({ clusterName, capacityProviders: ["FARGATE", "FARGATE_SPOT"] }));
    return clusterName;
  };
  const taskDefinition = async (family: string, executionRoleArn = execution): Promise<string> => {
    const { taskDefinition: definition } = await ecs.send(
      new RegisterTaskDefinitionCommand({
        family,
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        cpu: "256",
        memory: "512",
        executionRoleArn,
        containerDefinitions: [{ name: "app", image: "app", portMappings: [{ containerPort: 8080 }] }],
      }),
    );
    return definition?.taskDefinitionArn ?? "";
  };
  const service = (name: string, input: Partial<CreateServiceCommandInput>): CreateServiceCommandInput => ({
    serviceName: name,
    cluster: name,
    desiredCount: 1,
    launchType: "FARGATE",
    networkConfiguration: { awsvpcConfiguration: { subnets: [...network.subnets] } },
    ...input,
  });
  const running = async (name: string, input: Partial<CreateServiceCommandInput> = {}): Promise<string> => {
    await cluster(name);
    const definition = await taskDefinition(name);
    await ecs.send(new CreateServiceCommand(service(name, { taskDefinition: definition, ...input })));
    return definition;
  };
  const create = (name: string, input: Partial<CreateServiceCommandInput>): Promise<string> =>
    refusal(ecs.send(new CreateServiceCommand(service(name, input))));

  it("refuses a second service of one name until the first is deleted [service-name-in-use]", async () => {
    const definition = await running("twice");
    expect(await create("twice", { taskDefinition: definition })).toBe("InvalidParameterException");
    await ecs.send(new DeleteServiceCommand({ cluster: "twice", service: "twice", force: true }));
    expect(await create("twice", { taskDefinition: definition })).toBe("");
  });

  it("refuses to update a deleted service [service-not-active]", async () => {
    await running("updated");
    const update = { cluster: "updated", service: "updated", desiredCount: 2 };
    expect(await refusal(ecs.send(new UpdateServiceCommand(update)))).toBe("");
    await ecs.send(new DeleteServiceCommand({ cluster: "updated", service: "updated", force: true }));
    expect(await refusal(ecs.send(new UpdateServiceCommand(update)))).toBe("ServiceNotActiveException");
  });

  it("refuses to delete a service with tasks unless it is forced [service-scaled-above-zero]", async () => {
    await running("scaled");
    const end = { cluster: "scaled", service: "scaled" };
    expect(await refusal(ecs.send(new DeleteServiceCommand(end)))).toBe("InvalidParameterException");
    await ecs.send(new UpdateServiceCommand({ ...end, desiredCount: 0 }));
    expect(await refusal(ecs.send(new DeleteServiceCommand(end)))).toBe("");
  });

  it("refuses a target group that no listener uses [service-target-group-without-listener]", async () => {
    const elb = new ElasticLoadBalancingV2Client(aws.client());
    const targetGroupArn = await createTargetGroup(elb, "unused", network.vpc);
    await cluster("balanced");
    const input = {
      taskDefinition: await taskDefinition("balanced"),
      loadBalancers: [{ targetGroupArn, containerName: "app", containerPort: 8080 }],
    };
    expect(await create("balanced", input)).toBe("InvalidParameterException");
    const { Listeners } = await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: network.loadBalancer,
        Protocol: "HTTP",
        Port: 80,
        DefaultActions: [{ Type: "forward", TargetGroupArn: targetGroupArn }],
      }),
    );
    expect(await create("balanced", input)).toBe("");

    const next = await createTargetGroup(elb, "next", network.vpc);
    const loadBalancers = [{ targetGroupArn: next, containerName: "app", containerPort: 8080 }];
    const update = new UpdateServiceCommand({ cluster: "balanced", service: "balanced", loadBalancers });
    expect(await refusal(ecs.send(update))).toBe("InvalidParameterException");
    const actions = [{ Type: "forward" as const, TargetGroupArn: next }];
    await elb.send(new ModifyListenerCommand({ ListenerArn: Listeners?.[0]?.ListenerArn, DefaultActions: actions }));
    expect(await refusal(ecs.send(update))).toBe("");
  });

  it("refuses a container or port that the task definition lacks [service-container-not-in-task-definition]", async () => {
    const elb = new ElasticLoadBalancingV2Client(aws.client());
    await elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: network.loadBalancer,
        Protocol: "HTTP",
        Port: 81,
        DefaultActions: [{ Type: "forward", TargetGroupArn: network.targetGroup }],
      }),
    );
    await cluster("ports");
    const definition = await taskDefinition("ports");
    const toward = (containerName: string, containerPort: number): Partial<CreateServiceCommandInput> => ({
      taskDefinition: definition,
      loadBalancers: [{ targetGroupArn: network.targetGroup, containerName, containerPort }],
    });
    expect(await create("ports", toward("web", 8080))).toBe("InvalidParameterException");
    expect(await create("ports", toward("app", 80))).toBe("InvalidParameterException");
    expect(await create("ports", toward("app", 8080))).toBe("");

    const change = async (name: string, containerPort: number): Promise<string> => {
      const { taskDefinition: next } = await ecs.send(
        new RegisterTaskDefinitionCommand({
          family: "ports",
          requiresCompatibilities: ["FARGATE"],
          networkMode: "awsvpc",
          cpu: "256",
          memory: "512",
          containerDefinitions: [{ name, image: "app", portMappings: [{ containerPort }] }],
        }),
      );
      const input = { cluster: "ports", service: "ports", taskDefinition: next?.taskDefinitionArn };
      return refusal(ecs.send(new UpdateServiceCommand(input)));
    };
    expect(await change("web", 8080)).toBe("InvalidParameterException");
    expect(await change("app", 80)).toBe("InvalidParameterException");
    expect(await change("app", 8080)).toBe("");
  });

  it("refuses other capacity providers without a new deployment [capacity-provider-strategy-changed]", async () => {
    await running("faster");
    const item = { capacityProvider: "FARGATE_SPOT", weight: 1 };
    const update = (input: Partial<UpdateServiceCommandInput>): Promise<string> =>
      refusal(ecs.send(new UpdateServiceCommand({ cluster: "faster", service: "faster", ...input })));
    expect(await update({ capacityProviderStrategy: [item] })).toBe("InvalidParameterException");
    expect(await update({ capacityProviderStrategy: [item], forceNewDeployment: true })).toBe("");
    expect(await update({ capacityProviderStrategy: [{ ...item, base: 0 }] })).toBe("");
    expect(await update({ capacityProviderStrategy: [{ ...item, base: 1 }] })).toBe("InvalidParameterException");
    expect(await update({ desiredCount: 2 })).toBe("");
  });

  it("refuses a namespace of Service Connect that does not exist [service-connect-namespace]", async () => {
    await cluster("connect");
    const definition = await taskDefinition("connect");
    const input = {
      taskDefinition: definition,
      serviceConnectConfiguration: { enabled: true, namespace: "calls" },
    };
    expect(await create("connect", input)).toBe("NamespaceNotFoundException");
    const cloudMap = new ServiceDiscoveryClient(aws.client());
    await cloudMap.send(new CreateHttpNamespaceCommand({ Name: "calls", CreatorRequestId: "calls" }));
    expect(await create("connect", input)).toBe("");

    const { Namespaces } = await cloudMap.send(new ListNamespacesCommand({}));
    const Arn = Namespaces?.find(({ Name }) => Name === "calls")?.Arn ?? "";
    const clusterIn = (namespace: string) => {
      const serviceConnectDefaults = { namespace };
      return refusal(ecs.send(new CreateClusterCommand({ clusterName: "defaults", serviceConnectDefaults })));
    };
    expect(await clusterIn(`${Arn}x`)).toBe("NamespaceNotFoundException");
    expect([await clusterIn(Arn), await clusterIn("new")]).toEqual(["", ""]);
  });

  it("refuses an infrastructure role that does not trust ECS [infrastructure-role-trust]", async () => {
    await cluster("volumes");
    const definition = await taskDefinition("volumes");
    const iam = new IAMClient(aws.client());
    const withRole = (roleArn: string): Partial<CreateServiceCommandInput> => ({
      taskDefinition: definition,
      volumeConfigurations: [{ name: "data", managedEBSVolume: { roleArn, sizeInGiB: 10 } }],
    });
    expect(await create("volumes", withRole(execution))).toBe("InvalidParameterException");
    const infrastructure = await roleFor(iam, "infrastructure", "ecs.amazonaws.com");
    expect(await create("volumes", withRole(infrastructure))).toBe("");
  });

  it("refuses a deregistered task definition [task-definition-inactive]", async () => {
    await cluster("inactive");
    const old = await taskDefinition("inactive");
    const definition = await taskDefinition("inactive");
    await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: old }));
    expect(await create("inactive", { taskDefinition: old })).toBe("ClientException");
    const { networkConfiguration } = service("inactive", {});
    const run = (name: string) =>
      refusal(ecs.send(new RunTaskCommand({ cluster: "inactive", taskDefinition: name, networkConfiguration })));
    expect(await run(old)).toBe("ClientException");
    expect(await run("inactive")).toBe("");
    expect(await create("inactive", { taskDefinition: definition })).toBe("");
    const update = { cluster: "inactive", service: "inactive", taskDefinition: old };
    expect(await refusal(ecs.send(new UpdateServiceCommand(update)))).toBe("ClientException");
  });

  it("refuses a task role that does not trust ECS tasks [task-role-trust]", async () => {
    await cluster("trust");
    const other = await roleFor(new IAMClient(aws.client()), "other", "ec2.amazonaws.com");
    const missing = "arn:aws:iam::111122223333:role/missing";
    for (const role of [other, missing]) {
      const definition = await taskDefinition("trust", role);
      expect(await create("trust", { taskDefinition: definition })).toBe("ClientException");
      const run = new RunTaskCommand({ cluster: "trust", taskDefinition: definition });
      expect(await refusal(ecs.send(run))).toBe("ClientException");
    }
    expect(await create("trust", { taskDefinition: await taskDefinition("trust") })).toBe("");
  });

  it("refuses to delete a cluster with services [cluster-with-services]", async () => {
    await running("used");
    const end = new DeleteClusterCommand({ cluster: "used" });
    expect(await refusal(ecs.send(end))).toBe("ClusterContainsServicesException");
    await ecs.send(new DeleteServiceCommand({ cluster: "used", service: "used", force: true }));
    expect(await refusal(ecs.send(end))).toBe("");
  });

  it("refuses a capacity provider that the cluster lacks [capacity-provider-not-in-cluster]", async () => {
    await ecs.send(new CreateClusterCommand({ clusterName: "plain" }));
    const input = {
      taskDefinition: await taskDefinition("plain"),
      launchType: undefined,
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
    };
    expect(await create("plain", input)).toBe("InvalidParameterException");
    const providers = { capacityProviders: ["FARGATE_SPOT"], defaultCapacityProviderStrategy: [] };
    await ecs.send(new PutClusterCapacityProvidersCommand({ cluster: "plain", ...providers }));
    expect(await create("plain", input)).toBe("");
  });

  it("refuses a capacity provider that does not exist [capacity-provider-unknown]", async () => {
    const providers = (...capacityProviders: string[]) => ({ capacityProviders, defaultCapacityProviderStrategy: [] });
    const make = (clusterName: string, name: string) =>
      refusal(ecs.send(new CreateClusterCommand({ clusterName, ...providers(name) })));
    expect([await make("own", "own"), await make("own", "FARGATE")]).toEqual(["InvalidParameterException", ""]);
    const put = (name: string) =>
      refusal(ecs.send(new PutClusterCapacityProvidersCommand({ cluster: "own", ...providers(name) })));
    expect(await put("own")).toBe("InvalidParameterException");
    const autoScalingGroupArn = `arn:aws:autoscaling:us-east-1:111122223333:autoScalingGroup:${randomUUID()}:autoScalingGroupName/own`;
    const autoScalingGroupProvider = { autoScalingGroupArn };
    await ecs.send(new CreateCapacityProviderCommand({ name: "own", autoScalingGroupProvider }));
    expect(await put("own")).toBe("");
  });

  it("refuses to remove a capacity provider that a service uses [capacity-provider-in-use]", async () => {
    await running("spot", {
      launchType: undefined,
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
    });
    const keep = (...capacityProviders: string[]): Promise<string> => {
      const input = { cluster: "spot", capacityProviders, defaultCapacityProviderStrategy: [] };
      return refusal(ecs.send(new PutClusterCapacityProvidersCommand(input)));
    };
    expect(await keep("FARGATE")).toBe("ResourceInUseException");
    expect(await keep("FARGATE_SPOT")).toBe("");
    await ecs.send(new DeleteServiceCommand({ cluster: "spot", service: "spot", force: true }));
    expect(await keep()).toBe("");
  });

  it("has no running tasks of a deleted service", async () => {
    await running("gone");
    const { service: draining } = await ecs.send(
      new DeleteServiceCommand({ cluster: "gone", service: "gone", force: true }),
    );
    expect(draining).toMatchObject({ status: "DRAINING", desiredCount: 0 });
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster: "gone", services: ["gone"] }));
    expect(services).toMatchObject([{ status: "INACTIVE", desiredCount: 0, runningCount: 0 }]);
  });
});
