import {
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  DeleteClusterCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListServicesCommand,
  ListTasksCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { DescribeTargetHealthCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { setTimeout as sleep } from "node:timers/promises";
import { emulatorForSuite, refusal } from "../running-emulator";
import { Deployment, echoCommands } from "../data-plane/deployment";

const drainingSeconds = 60;
const registrationSeconds = 30;

describe("the tasks of a service in time", () => {
  let now = Date.now();
  const aws = emulatorForSuite({
    commands: echoCommands,
    time: { clock: () => now, drainingSeconds, registrationSeconds },
  });
  const deployment = new Deployment(aws);
  const ec2 = () => new EC2Client(aws.client());
  const cluster = "main";
  const later = (seconds: number) => (now += seconds * 1000);

  const deployed = async (name: string) => {
    const TargetGroupArn = await deployment.targetGroup(name);
    const { dnsName } = await deployment.balancer(name, [{ Type: "forward", TargetGroupArn }]);
    const service = await deployment.service(TargetGroupArn, await deployment.taskDefinition());
    return { TargetGroupArn, service, url: `http://${dnsName}/` };
  };
  const health = async (TargetGroupArn: string) => {
    const output = await deployment.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    return (output.TargetHealthDescriptions ?? []).map(({ TargetHealth }) => TargetHealth?.State);
  };
  const scale = (service: string, desiredCount: number) =>
    deployment.ecs.send(new UpdateServiceCommand({ cluster, service, desiredCount }));
  const remove = (service: string) => deployment.ecs.send(new DeleteServiceCommand({ cluster, service, force: true }));
  const described = async (service: string) =>
    (await deployment.ecs.send(new DescribeServicesCommand({ cluster, services: [service] }))).services?.[0];
  const tasksOf = async (serviceName: string, desiredStatus: "RUNNING" | "STOPPED") => {
    const { taskArns: tasks = [] } = await deployment.ecs.send(
      new ListTasksCommand({ cluster, serviceName, desiredStatus }),
    );
    return tasks.length === 0
      ? []
      : ((await deployment.ecs.send(new DescribeTasksCommand({ cluster, tasks }))).tasks ?? []);
  };
  const interfacesOf = async (service: string) => {
    const found = [...(await tasksOf(service, "RUNNING")), ...(await tasksOf(service, "STOPPED"))];
    const ids = found.flatMap(({ attachments = [] }) =>
      attachments.flatMap(({ details = [] }) => details.filter(({ name }) => name === "networkInterfaceId")),
    );
    const Filters = [{ Name: "network-interface-id", Values: ids.map(({ value = "" }) => value) }];
    return ids.length === 0
      ? []
      : ((await ec2().send(new DescribeNetworkInterfacesCommand({ Filters }))).NetworkInterfaces ?? []);
  };

  it("registers tasks with the target group some seconds after the service says that they run", async () => {
    const { TargetGroupArn, service, url } = await deployed("registered");
    while ((await described(service))?.runningCount !== 1) await sleep(100);
    expect(await health(TargetGroupArn)).toEqual([]);
    expect((await aws.request(url)).status).toBe(503);
    later(registrationSeconds);
    expect(await health(TargetGroupArn)).toEqual(["healthy"]);
    expect((await aws.request(url)).status).toBe(200);
  });

  it("keeps the targets of a deleted service until its tasks have drained", async () => {
    const { TargetGroupArn, service, url } = await deployed("deleted");
    later(registrationSeconds);
    await remove(service);
    expect((await described(service))?.status).toBe("DRAINING");
    expect((await deployment.ecs.send(new ListServicesCommand({ cluster }))).serviceArns?.join()).not.toContain(
      service,
    );
    expect(await health(TargetGroupArn)).toEqual(["draining"]);
    expect((await aws.request(url)).status).toBe(503);
    later(drainingSeconds);
    expect((await described(service))?.status).toBe("INACTIVE");
    expect(await health(TargetGroupArn)).toEqual([]);
  });

  it("keeps the targets of a service that is scaled down until its tasks have drained", async () => {
    const { TargetGroupArn, service, url } = await deployed("scaled");
    await scale(service, 3);
    later(registrationSeconds);
    await scale(service, 1);
    expect(await health(TargetGroupArn)).toEqual(["healthy", "draining", "draining"]);
    expect((await tasksOf(service, "STOPPED")).map(({ lastStatus }) => lastStatus)).toEqual([
      "DEACTIVATING",
      "DEACTIVATING",
    ]);
    expect((await aws.request(url)).status).toBe(200);
    later(drainingSeconds);
    expect(await health(TargetGroupArn)).toEqual(["healthy"]);
    expect((await tasksOf(service, "STOPPED")).map(({ lastStatus }) => lastStatus)).toEqual(["STOPPED", "STOPPED"]);
  });

  it("keeps the network interfaces of tasks until they have drained", async () => {
    const { service } = await deployed("interfaces");
    const [running] = await interfacesOf(service);
    expect(running).toMatchObject({ RequesterManaged: true, Status: "in-use", SubnetId: await deployment.subnet() });
    await remove(service);
    expect(await interfacesOf(service)).toHaveLength(1);
    later(drainingSeconds);
    expect(await interfacesOf(service)).toEqual([]);
  });

  it("replaces the tasks, and their network interfaces, with another task definition", async () => {
    const { service } = await deployed("replaced");
    const [before] = await tasksOf(service, "RUNNING");
    const taskDefinition = await deployment.taskDefinition();
    await deployment.ecs.send(new UpdateServiceCommand({ cluster, service, taskDefinition }));
    const [after] = await tasksOf(service, "RUNNING");
    expect(after?.taskDefinitionArn).toBe(taskDefinition);
    expect((await tasksOf(service, "STOPPED")).map(({ taskArn }) => taskArn)).toEqual([before?.taskArn]);
    expect(await interfacesOf(service)).toHaveLength(2);
  });

  it("keeps its cluster, its security group and its subnet until its tasks have drained [cluster-with-tasks]", async () => {
    later(drainingSeconds);
    const { serviceGroup: GroupId } = await deployment.network;
    for (const service of ["echo-0", "echo-2", "echo-4"]) await remove(service);
    const deleteCluster = () => refusal(deployment.ecs.send(new DeleteClusterCommand({ cluster })));
    const deleteGroup = () => refusal(ec2().send(new DeleteSecurityGroupCommand({ GroupId })));
    const SubnetId = await deployment.subnet();
    expect(await deleteGroup()).toBe("DependencyViolation");
    expect(await deleteCluster()).toBe("ClusterContainsTasksException");
    expect(await refusal(ec2().send(new DeleteSubnetCommand({ SubnetId })))).toBe("DependencyViolation");
    later(drainingSeconds);
    expect(await deleteGroup()).toBe("");
    expect(await deleteCluster()).toBe("");
  });
});
