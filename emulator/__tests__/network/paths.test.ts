import { canReach, internet, internetIpv6 } from "network-paths";
import { readNetwork } from "../../network";
import {
  answering,
  awsvpcConfiguration,
  database,
  describedLoadBalancer,
  loadBalancer,
  rule,
  rules,
  service,
  servicesWith,
  withPrivateRoutes,
  type Recorded,
} from "./recorded";

const reachable = { reachable: true };
const blocked = (blockedReason: string) => ({ reachable: false, blockedReason });
const read = (changes: Recorded = {}) => readNetwork(answering(changes));
const readRules = (...all: typeof rules) => read({ "ec2 DescribeSecurityGroupRules": { SecurityGroupRules: all } });
const readLoadBalancer = (fields: object) =>
  read({ "elbv2 DescribeLoadBalancers": { LoadBalancers: [{ ...describedLoadBalancer, ...fields }] } });

describe("a load balancer", () => {
  it("reaches a task on the port that the security groups of both allow", async () => {
    const network = await read();
    expect(network.unknown).toEqual([]);
    expect(canReach(network, loadBalancer, service, 8080)).toEqual(reachable);
    expect(canReach(network, loadBalancer, service, 9090)).toEqual(
      blocked(`no egress rule of ${loadBalancer} allows it`),
    );
  });

  it("does not reach a task without an ingress rule", async () => {
    const network = await readRules(...rules.filter((each) => each.GroupId !== "sg-task"));
    expect(canReach(network, loadBalancer, service, 8080)).toEqual(blocked(`no ingress rule of ${service} allows it`));
  });

  it("is reached from the internet on the ports of its listeners", async () => {
    const network = await read();
    expect(canReach(network, internet, loadBalancer, 443)).toEqual(reachable);
    expect(canReach(network, internet, loadBalancer, 80)).toEqual(blocked(`${loadBalancer} has no listener on 80`));
  });

  it("is not reached from the internet when it is internal or its subnet does not route to an internet gateway", async () => {
    expect(canReach(await readLoadBalancer({ Scheme: "internal" }), internet, loadBalancer, 443)).toEqual(
      blocked(`${loadBalancer} has no public IP`),
    );
    const AvailabilityZones = [{ SubnetId: "subnet-private" }];
    expect(canReach(await readLoadBalancer({ AvailabilityZones }), internet, loadBalancer, 443)).toEqual(
      blocked("subnet-private has no route to an internet gateway"),
    );
  });

  it("is reached from the internet over IPv6 when it is dual-stack and its subnet routes to it", async () => {
    const route = { DestinationIpv6CidrBlock: "::/0", GatewayId: "igw-1", State: "active" };
    const network = await read({
      "elbv2 DescribeLoadBalancers": {
        LoadBalancers: [
          {
            ...describedLoadBalancer,
            IpAddressType: "dualstack",
            AvailabilityZones: [{ SubnetId: "subnet-private" }],
          },
        ],
      },
      ...withPrivateRoutes(route),
      "ec2 DescribeSecurityGroupRules": { SecurityGroupRules: [rule("sg-lb", false, 443, { CidrIpv6: "::/0" })] },
    });
    expect(canReach(network, internetIpv6, loadBalancer, 443)).toEqual(reachable);
    expect(canReach(network, internet, loadBalancer, 443)).toMatchObject({ reachable: false });
  });

  it("is reached from the addresses that a rule or the entries of a prefix list contain", async () => {
    const list = { PrefixListId: "pl-1", PrefixListName: "offices" };
    const network = await read({
      "ec2 DescribeSecurityGroupRules": { SecurityGroupRules: [rule("sg-lb", false, 443, { PrefixListId: "pl-1" })] },
      "ec2 DescribeManagedPrefixLists": { PrefixLists: [list] },
      "ec2 GetManagedPrefixListEntries": ({ PrefixListId }) => ({
        Entries: PrefixListId === "pl-1" ? [{ Cidr: "198.51.100.0/24" }, { Cidr: "2001:db8::/32" }] : [],
      }),
    });
    expect(canReach(network, "198.51.100.7", loadBalancer, 443)).toEqual(reachable);
    expect(canReach(network, "203.0.113.7", loadBalancer, 443)).toMatchObject({ reachable: false });
  });

  it("of the type network without security groups accepts all traffic to its listeners", async () => {
    const network = await readLoadBalancer({ Type: "network", SecurityGroups: undefined });
    expect(canReach({ ...network, rules: [] }, internet, loadBalancer, 443)).toEqual(reachable);
  });

  it("of the type application without security groups has the default one of its VPC", async () => {
    const network = await readLoadBalancer({ SecurityGroups: undefined });
    expect(network.hosts.find(({ name }) => name === loadBalancer)).toMatchObject({ groups: ["sg-default"] });
  });

  it("listens on UDP when its listener does", async () => {
    const network = await read({
      "elbv2 DescribeListeners": {
        Listeners: [
          { Port: 53, Protocol: "TCP_UDP" },
          { Port: 443, Protocol: "QUIC" },
        ],
      },
      "ec2 DescribeSecurityGroupRules": {
        SecurityGroupRules: [{ ...rule("sg-lb", false, 53, { CidrIpv4: "0.0.0.0/0" }), IpProtocol: "-1" }],
      },
    });
    expect(canReach(network, internet, loadBalancer, 53, "udp")).toEqual(reachable);
    expect(canReach(network, internet, loadBalancer, 53)).toEqual(reachable);
    expect(canReach(network, internet, loadBalancer, 443, "udp")).toEqual(reachable);
    expect(canReach(network, internet, loadBalancer, 443)).toMatchObject({ reachable: false });
  });

  it("behind a VPC link of API Gateway is reached by V2 as its rules allow, by V1 as PrivateLink does", async () => {
    const links: Recorded = {
      "apigatewayv2 GetVpcLinks": {
        Items: [{ VpcLinkId: "v2", SecurityGroupIds: ["sg-link"], SubnetIds: ["subnet-private"] }],
      },
      "apigateway GetVpcLinks": { items: [{ id: "v1", targetArns: [loadBalancer] }] },
      "elbv2 DescribeLoadBalancers": {
        LoadBalancers: [{ ...describedLoadBalancer, EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off" }],
      },
      "ec2 DescribeSecurityGroupRules": {
        SecurityGroupRules: [rule("sg-link", true, 443, { CidrIpv4: "10.0.0.0/16" })],
      },
    };
    const network = await read(links);
    expect(canReach(network, "v1", loadBalancer, 443)).toEqual(reachable);
    expect(canReach(network, "v2", loadBalancer, 443)).toEqual(blocked(`no ingress rule of ${loadBalancer} allows it`));
  });
});

describe("a task", () => {
  it("reaches the database on its port", async () => {
    const network = await read();
    expect(canReach(network, service, database, 5432)).toEqual(reachable);
    expect(canReach(network, service, database, 3306)).toEqual(blocked(`${database} has no listener on 3306`));
  });

  it("does not reach the database when no rule allows it", async () => {
    const network = await readRules(...rules.filter((each) => each.GroupId !== "sg-db"));
    expect(canReach(network, service, database, 5432)).toEqual(blocked(`no ingress rule of ${database} allows it`));
  });

  it("without security groups has the default one of its VPC", async () => {
    const changes = { "ecs DescribeServices": servicesWith({ ...awsvpcConfiguration, securityGroups: [] }) };
    const network = await read(changes);
    expect(network.hosts.find(({ name }) => name === service)).toMatchObject({ groups: ["sg-default"] });
  });

  it("of a schedule is a host, too", async () => {
    const Arn = "arn:aws:scheduler:us-east-1:111122223333:schedule/jobs/report";
    const configuration = { Subnets: ["subnet-private"], SecurityGroups: ["sg-task"], AssignPublicIp: "ENABLED" };
    const network = await read({
      "scheduler ListSchedules": {
        Schedules: [
          { Name: "report", GroupName: "jobs" },
          { Name: "event", GroupName: "jobs" },
        ],
      },
      "scheduler GetSchedule": ({ Name, GroupName }) =>
        Name === "report" && GroupName === "jobs"
          ? { Arn, Target: { EcsParameters: { NetworkConfiguration: { awsvpcConfiguration: configuration } } } }
          : { Arn: "arn:of:another", Target: { Arn: "arn:aws:sqs:us-east-1:111122223333:events" } },
    });
    expect(canReach(network, Arn, database, 5432)).toEqual(reachable);
    expect(network.hosts.find(({ name }) => name === Arn)).toMatchObject({ publicIp: true });
    expect(network.hosts.map(({ name }) => name)).not.toContain("arn:of:another");
  });

  it("that is run by itself is a host when it is given", async () => {
    const tasks = [{ name: "task/migrate", awsvpcConfiguration }];
    expect(canReach(await readNetwork(answering(), tasks), "task/migrate", database, 5432)).toEqual(reachable);
  });

  it("reaches the mount targets of a file system on the port of NFS", async () => {
    const network = await read({
      "efs DescribeFileSystems": { FileSystems: [{ FileSystemId: "fs-1" }] },
      "efs DescribeMountTargets": ({ FileSystemId }) => ({
        MountTargets: FileSystemId === "fs-1" ? [{ MountTargetId: "fsmt-1", SubnetId: "subnet-private" }] : [],
      }),
      "efs DescribeMountTargetSecurityGroups": ({ MountTargetId }) => ({
        SecurityGroups: MountTargetId === "fsmt-1" ? ["sg-files"] : [],
      }),
      "ec2 DescribeSecurityGroupRules": {
        SecurityGroupRules: [
          rule("sg-task", true, 2049, { ReferencedGroupInfo: { GroupId: "sg-files" } }),
          rule("sg-files", false, 2049, { ReferencedGroupInfo: { GroupId: "sg-task" } }),
        ],
      },
    });
    expect(canReach(network, service, "fsmt-1", 2049)).toEqual(reachable);
    expect(canReach(network, service, "fsmt-1", 22)).toEqual(blocked("fsmt-1 has no listener on 22"));
  });

  it("without the network mode awsvpc is unknown", async () => {
    const network = await read({ "ecs DescribeServices": servicesWith() });
    expect(network.unknown.map(({ resource }) => resource)).toEqual([service]);
    expect(canReach(network, loadBalancer, service, 8080)).toEqual(
      blocked(`${service} has no known network interface`),
    );
  });

  it("of a service on a later page, or of a deleted one, is read and is not", async () => {
    const arns = Array.from({ length: 12 }, (_, index) => `${service}-${index}`);
    const network = await read({
      "ecs ListServices": ({ nextToken }) =>
        nextToken === "two" ? { serviceArns: arns.slice(7) } : { serviceArns: arns.slice(0, 7), nextToken: "two" },
      "ecs DescribeServices": ({ services }) => ({
        services: (Array.isArray(services) && services.length <= 10 ? services : []).map((serviceArn: string) => ({
          serviceArn,
          status: serviceArn.endsWith("-11") ? "INACTIVE" : "ACTIVE",
          networkConfiguration: { awsvpcConfiguration },
        })),
      }),
    });
    const names = network.hosts.map(({ name }) => name).filter((name) => name.startsWith(service));
    expect(names).toEqual(arns.slice(0, 11));
  });
});

test("an instance has its security groups, its subnet and its public IP, until it is terminated", async () => {
  const instance = (InstanceId: string, Name: string, fields: object = {}) => ({
    InstanceId,
    State: { Name },
    SubnetId: "subnet-public",
    SecurityGroups: [{ GroupId: "sg-bastion", GroupName: "bastion" }],
    ...fields,
  });
  const Instances = [instance("i-1", "running", { PublicIpAddress: "198.51.100.1" }), instance("i-2", "terminated")];
  const network = await read({
    "ec2 DescribeInstances": { Reservations: [{ Instances }, { Instances: [instance("i-3", "stopped")] }] },
  });
  const host = { groups: ["sg-bastion"], subnets: ["subnet-public"] };
  expect(network.hosts.filter(({ name }) => name.startsWith("i-"))).toEqual([
    { name: "i-1", ...host, publicIp: true },
    { name: "i-3", ...host, publicIp: false },
  ]);
});
