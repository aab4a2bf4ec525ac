import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
  UpdateServiceCommand,
  type CreateServiceCommandInput,
  type RegisterTaskDefinitionCommandInput,
  type UpdateServiceCommandInput,
} from "@aws-sdk/client-ecs";
import {
  CreateListenerCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  type TargetTypeEnum,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAMClient } from "@aws-sdk/client-iam";
import {
  CreateHttpNamespaceCommand,
  CreatePrivateDnsNamespaceCommand,
  CreateServiceCommand as CreateRegistryCommand,
  ListNamespacesCommand,
  ServiceDiscoveryClient,
  type RecordType,
} from "@aws-sdk/client-servicediscovery";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createNetwork, type Network } from "./load-balanced-network";
import { idOf } from "./network";
import { roleFor } from "./roles";

const cluster = "compatibility";
const wrong = "InvalidParameterException";

describe("a service and its task definition", () => {
  const aws = emulatorForSuite();
  let ecs: ECSClient;
  let network: Network;
  let count = 0;

  const define = (family: string, change: Partial<RegisterTaskDefinitionCommandInput>) =>
    ecs.send(
      new RegisterTaskDefinitionCommand({
        family,
        containerDefinitions: [
          { name: "app", image: "app", memory: 256, portMappings: [{ containerPort: 8080, name: "http" }] },
        ],
        ...change,
      }),
    );
  const networkConfiguration = () => ({ awsvpcConfiguration: { subnets: [...network.subnets] } });
  const create = (taskDefinition: string, change: Partial<CreateServiceCommandInput> = {}) =>
    refusal(
      ecs.send(
        new CreateServiceCommand({
          cluster,
          serviceName: `service-${++count}`,
          taskDefinition,
          desiredCount: 1,
          ...change,
        }),
      ),
    );

  beforeAll(async () => {
    ecs = new ECSClient(aws.client());
    network = await createNetwork(aws.client(), "application");
    await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
    const taskRoleArn = await roleFor(new IAMClient(aws.client()), "task", "ecs-tasks.amazonaws.com");
    await define("awsvpc", { networkMode: "awsvpc" });
    await define("bridge", { networkMode: "bridge" });
    await define("with-role", { networkMode: "awsvpc", taskRoleArn });
  });

  it("have a network configuration exactly with awsvpc [task-network-mode]", async () => {
    const given = { networkConfiguration: networkConfiguration() };
    const run = (taskDefinition: string, change: object = {}) =>
      refusal(ecs.send(new RunTaskCommand({ cluster, taskDefinition, ...change })));
    for (const start of [create, run]) {
      expect(await start("awsvpc")).toBe(wrong);
      expect(await start("bridge", given)).toBe(wrong);
      expect([await start("awsvpc", given), await start("bridge")]).toEqual(["", ""]);
    }
  });

  it("have no network configuration with another network mode on instances outside AWS", async () => {
    const { taskDefinition } = await define("anywhere", {
      networkMode: "host",
      requiresCompatibilities: ["EC2", "EXTERNAL"],
    });
    expect(taskDefinition?.networkMode).toBe("host");
    const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: "anywhere" }));
    expect(described.taskDefinition?.networkMode).toBe("host");
    expect(await create("anywhere", { launchType: "EC2" })).toBe("");
  });

  it("need a network configuration when their service changes to awsvpc", async () => {
    expect(await create("bridge", { serviceName: "changed" })).toBe("");
    const update = (change: Partial<UpdateServiceCommandInput>) =>
      refusal(ecs.send(new UpdateServiceCommand({ cluster, service: "changed", ...change })));
    const given = { networkConfiguration: networkConfiguration() };
    expect([await update({ taskDefinition: "awsvpc" }), await update(given)]).toEqual([wrong, wrong]);
    expect(await update({ taskDefinition: "awsvpc", ...given })).toBe("");
    expect(await update({ taskDefinition: "awsvpc" })).toBe("");
  });

  it("run on Fargate with a task definition for it [task-definition-not-for-fargate]", async () => {
    await define("sized", { networkMode: "awsvpc", cpu: "256", memory: "512" });
    const given = { networkConfiguration: networkConfiguration() };
    const run = (taskDefinition: string, change: object = {}) =>
      refusal(ecs.send(new RunTaskCommand({ cluster, taskDefinition, ...change })));
    const fargate = { ...given, launchType: "FARGATE" as const };
    for (const start of [create, run]) {
      expect(await start("awsvpc", fargate)).toBe(wrong);
      expect(await start("sized", fargate)).toBe("");
      expect(await start("awsvpc", given)).toBe("");
    }
    expect(await create("sized", { ...fargate, serviceName: "fargate" })).toBe("");
    const update = (taskDefinition: string) =>
      refusal(ecs.send(new UpdateServiceCommand({ cluster, service: "fargate", taskDefinition })));
    expect([await update("bridge"), await update("awsvpc"), await update("sized")]).toEqual([wrong, wrong, ""]);

    const providers = ["FARGATE", "FARGATE_SPOT"];
    await ecs.send(new CreateClusterCommand({ clusterName: "serverless", capacityProviders: providers }));
    const spot = { ...given, cluster: "serverless", capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT" }] };
    expect([await create("awsvpc", spot), await create("sized", spot)]).toEqual([wrong, ""]);
  });

  it("have a task role for ECS Exec [exec-without-task-role]", async () => {
    const exec = { enableExecuteCommand: true, networkConfiguration: networkConfiguration() };
    const run = (taskDefinition: string) => refusal(ecs.send(new RunTaskCommand({ cluster, taskDefinition, ...exec })));
    for (const start of [(name: string) => create(name, exec), run]) {
      expect([await start("awsvpc"), await start("with-role")]).toEqual([wrong, ""]);
    }
    const serviceName = "exec";
    expect(await create("awsvpc", { serviceName, networkConfiguration: networkConfiguration() })).toBe("");
    const update = (taskDefinition?: string) =>
      refusal(
        ecs.send(
          new UpdateServiceCommand({ cluster, service: serviceName, taskDefinition, enableExecuteCommand: true }),
        ),
      );
    expect([await update(), await update("with-role")]).toEqual([wrong, ""]);
  });

  it("have targets of the type of their network mode [service-target-type]", async () => {
    const elb = new ElasticLoadBalancingV2Client(aws.client());
    const balanced = async (TargetType: TargetTypeEnum, Port: number) => {
      const { TargetGroups } = await elb.send(
        new CreateTargetGroupCommand({ Name: TargetType, Protocol: "HTTP", Port, VpcId: network.vpc, TargetType }),
      );
      const TargetGroupArn = idOf(TargetGroups?.[0]?.TargetGroupArn);
      const DefaultActions = [{ Type: "forward" as const, TargetGroupArn }];
      const { loadBalancer: LoadBalancerArn } = network;
      await elb.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: "HTTP", Port, DefaultActions }));
      return { loadBalancers: [{ targetGroupArn: TargetGroupArn, containerName: "app", containerPort: 8080 }] };
    };
    const [ip, instance] = [await balanced("ip", 81), await balanced("instance", 82)];
    const given = { networkConfiguration: networkConfiguration() };
    expect(await create("awsvpc", { ...given, ...instance })).toBe(wrong);
    expect(await create("bridge", ip)).toBe(wrong);
    expect(await create("awsvpc", { ...given, ...ip })).toBe("");
    expect(await create("bridge", instance)).toBe("");
  });

  it("have the ports of Service Connect [service-connect-port]", async () => {
    await new ServiceDiscoveryClient(aws.client()).send(new CreateHttpNamespaceCommand({ Name: "connect" }));
    const connect = (portName: string) =>
      create("bridge", {
        serviceConnectConfiguration: { enabled: true, namespace: "connect", services: [{ portName }] },
      });
    expect([await connect("grpc"), await connect("http")]).toEqual([wrong, ""]);
  });

  it("have a service registry that exists, with a port for SRV records [service-registry]", async () => {
    const discovery = new ServiceDiscoveryClient(aws.client());
    await discovery.send(new CreatePrivateDnsNamespaceCommand({ Name: "shop.local", Vpc: network.vpc }));
    const { Namespaces } = await discovery.send(new ListNamespacesCommand({}));
    const NamespaceId = Namespaces?.find(({ Name }) => Name === "shop.local")?.Id;
    const registry = async (Type: RecordType) => {
      const { Service } = await discovery.send(
        new CreateRegistryCommand({ Name: Type, NamespaceId, DnsConfig: { DnsRecords: [{ Type, TTL: 10 }] } }),
      );
      return { registryArn: idOf(Service?.Arn) };
    };
    const register = (registration: object) => create("bridge", { serviceRegistries: [registration] });
    const [a, srv] = [await registry("A"), await registry("SRV")];
    const missing = { registryArn: "arn:aws:servicediscovery:us-east-1:111122223333:service/srv-0123456789abcdef" };
    expect(await register(missing)).toBe(wrong);
    expect(await register(srv)).toBe(wrong);
    expect(await register({ ...srv, containerName: "web", containerPort: 8080 })).toBe(wrong);
    expect(await register({ ...srv, containerName: "app", containerPort: 8080 })).toBe("");
    expect(await register(a)).toBe("");
  });

  it("run in a cluster that exists [task-cluster-unknown]", async () => {
    const run = (name: string) => refusal(ecs.send(new RunTaskCommand({ cluster: name, taskDefinition: "bridge" })));
    expect([await run("none"), await run(cluster)]).toEqual(["ClusterNotFoundException", ""]);
    const { taskArns } = await ecs.send(new ListTasksCommand({ cluster }));
    const stop = (name: string) => refusal(ecs.send(new StopTaskCommand({ cluster: name, task: taskArns?.[0] })));
    expect([await stop("none"), await stop(cluster)]).toEqual(["ClusterNotFoundException", ""]);
  });

  it("overrides only containers of the task definition [override-container-unknown]", async () => {
    const run = (name: string) => {
      const overrides = { containerOverrides: [{ name, command: ["true"] }] };
      return refusal(ecs.send(new RunTaskCommand({ cluster, taskDefinition: "bridge", overrides })));
    };
    expect([await run("other"), await run("app")]).toEqual([wrong, ""]);
  });

  it("are deleted by force or after their tasks", async () => {
    const [running, empty] = ["running", "empty"];
    expect(await create("bridge", { serviceName: running })).toBe("");
    expect(await create("bridge", { serviceName: empty })).toBe("");
    const remove = (service: string, force?: boolean) =>
      refusal(ecs.send(new DeleteServiceCommand({ cluster, service, force })));
    expect(await remove(running)).toBe(wrong);
    expect(await remove(running, true)).toBe("");
    await ecs.send(new UpdateServiceCommand({ cluster, service: empty, desiredCount: 0 }));
    expect(await remove(empty)).toBe("");
  });
});
