import { setTimeout as sleep } from "node:timers/promises";
import {
  AuthorizeSecurityGroupIngressCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { CreateServiceCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import {
  CreateRuleCommand,
  DeleteRuleCommand,
  ModifyListenerCommand,
  ModifyRuleCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { ChangeResourceRecordSetsCommand, Route53Client, type ChangeAction } from "@aws-sdk/client-route-53";
import { Deployment, type DeployedBalancer } from "../data-plane/deployment";
import { containerPort } from "../data-plane/network";
import { RecordedFile } from "../record/recorded";
import { emulatorForSuite } from "../running-emulator";

describe("the record of a load balancer's routes", () => {
  const record = new RecordedFile();
  const aws = emulatorForSuite({ record: record.path, hostedZones: ["example.com"] });
  const deployment = new Deployment(aws);
  let balancer: DeployedBalancer;
  let home: string;
  let targetGroup: string;
  let service: string;
  let taskDefinition: string;

  const forwardTo = (TargetGroupArn: string) => [{ Type: "forward" as const, TargetGroupArn }];
  const listenerTo = (arn: string) =>
    deployment.elb.send(
      new ModifyListenerCommand({ ListenerArn: balancer.listenerArn, DefaultActions: forwardTo(arn) }),
    );
  const desire = (desiredCount: number) =>
    deployment.ecs.send(new UpdateServiceCommand({ cluster: "main", service, desiredCount }));

  beforeAll(async () => {
    targetGroup = await deployment.targetGroup("blue");
    balancer = await deployment.balancer("shop", forwardTo(targetGroup));
    home = `ANY http://${balancer.dnsName}/*`;
    await record.state(home, { served: false, reason: "the target group blue has no targets" });
    taskDefinition = await deployment.taskDefinition();
    service = await deployment.service(targetGroup, taskDefinition);
  });

  it("says when the tasks of a service have made a listener's route served first", async () => {
    const { time } = await record.state(home, { served: true });
    expect(record.route(home)).toEqual({ route: home, existence: "added", servedSince: time, outages: [] });
  });

  it("has no outage when the target group is replaced by one with tasks", async () => {
    const from = Date.now();
    const green = await deployment.targetGroup("green");
    const path = { Field: "path-pattern", Values: ["/unused"] };
    await deployment.elb.send(
      new CreateRuleCommand({
        ListenerArn: balancer.listenerArn,
        Priority: 900,
        Conditions: [path],
        Actions: forwardTo(green),
      }),
    );
    await deployment.service(green, taskDefinition);
    await listenerTo(green);
    await listenerTo(targetGroup);
    await sleep(500);
    expect(record.route(home, { from })).toEqual({ route: home, existence: "kept", outages: [] });
  });

  it("has an outage with length and reason while the listener forwards to a target group without tasks", async () => {
    const from = Date.now();
    await listenerTo(await deployment.targetGroup("empty"));
    await sleep(400);
    await listenerTo(targetGroup);
    await record.state(home, { served: true });
    const { existence, outages = [] } = record.route(home, { from }) ?? {};
    expect([existence, outages.map(({ reasons }) => reasons)]).toEqual([
      "kept",
      [["the target group empty has no targets"]],
    ]);
    const [lengthMs] = outages.map((outage) => outage.to - outage.from);
    expect(lengthMs).toBeGreaterThan(350);
    expect(lengthMs).toBeLessThan(5000);
  });

  it("has an outage between two calls that follow each other at once", async () => {
    const from = Date.now();
    const empty = await deployment.targetGroup("brief");
    await listenerTo(empty);
    await listenerTo(targetGroup);
    await record.state(home, { served: true });
    expect(record.route(home, { from })?.outages).toHaveLength(1);
  });

  it("has an outage while the service has no tasks", async () => {
    const from = Date.now();
    await desire(0);
    await desire(1);
    await record.state(home, { served: true });
    expect(record.route(home, { from })?.outages).toMatchObject([
      { reasons: ["the target group blue has no targets"] },
    ]);
  });

  it("has an outage while no security group allows the connection to the tasks", async () => {
    const from = Date.now();
    const { serviceGroup: GroupId, balancerGroup } = await deployment.network;
    const UserIdGroupPairs = [{ GroupId: balancerGroup }];
    const IpPermissions = [{ IpProtocol: "tcp", FromPort: containerPort, ToPort: containerPort, UserIdGroupPairs }];
    const ec2 = new EC2Client(aws.client());
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    await record.state(home, { served: false });
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    await record.state(home, { served: true });
    expect(record.route(home, { from })?.outages).toMatchObject([
      { reasons: [expect.stringMatching(/^no ingress rule of arn:aws:ecs:.*:service\/.* allows it$/)] },
    ]);
  });

  it("names the routes of a rule by host, path and method, which outlive the rule", async () => {
    const Conditions = [
      { Field: "host-header", HostHeaderConfig: { Values: ["orders.shop.test"] } },
      { Field: "path-pattern", PathPatternConfig: { Values: ["/orders", "/orders/*"] } },
      { Field: "http-request-method", HttpRequestMethodConfig: { Values: ["GET"] } },
    ];
    const create = async (Priority: number): Promise<string> => {
      const input = { ListenerArn: balancer.listenerArn, Priority, Conditions, Actions: forwardTo(targetGroup) };
      return (await deployment.elb.send(new CreateRuleCommand(input))).Rules?.[0]?.RuleArn ?? "";
    };
    const first = await create(10);
    const routes = ["GET http://orders.shop.test/orders", "GET http://orders.shop.test/orders/*"];
    for (const route of routes) await record.state(route, { served: true });
    const from = Date.now();
    const second = await create(11);
    await deployment.elb.send(new DeleteRuleCommand({ RuleArn: first }));
    await sleep(500);
    expect(routes.map((route) => record.route(route, { from })?.outages)).toEqual([[], []]);
    await deployment.elb.send(new DeleteRuleCommand({ RuleArn: second }));
    await create(12);
    await record.state(routes[0] ?? "", { served: true });
    expect(record.route(routes[0] ?? "", { from })).toMatchObject({
      existence: "kept",
      outages: [{ reasons: ["nothing has this address"] }],
    });
  });

  it("has an outage of a path that a rule before its own takes", async () => {
    const rule = async (Priority: number, path: string, arn: string): Promise<string> => {
      const Conditions = [{ Field: "path-pattern", Values: [path] }];
      const input = { ListenerArn: balancer.listenerArn, Priority, Conditions, Actions: forwardTo(arn) };
      return (await deployment.elb.send(new CreateRuleCommand(input))).Rules?.[0]?.RuleArn ?? "";
    };
    const route = `ANY http://${balancer.dnsName}/items/new`;
    await rule(30, "/items/new", targetGroup);
    await record.state(route, { served: true });
    const before = await rule(20, "/items/*", await deployment.targetGroup("shadow"));
    await record.state(route, { served: false, reason: "the target group shadow has no targets" });
    const Actions = [{ Type: "fixed-response" as const, FixedResponseConfig: { StatusCode: "503" } }];
    await deployment.elb.send(new ModifyRuleCommand({ RuleArn: before, Actions }));
    await record.state(route, { served: false, reason: "the load balancer answers with the fixed status 503" });
    await deployment.elb.send(new DeleteRuleCommand({ RuleArn: before }));
    await record.state(route, { served: true });
  });

  it("has an outage of the share of requests that a target group without tasks receives", async () => {
    const TargetGroups = [
      { TargetGroupArn: targetGroup, Weight: 90 },
      { TargetGroupArn: await deployment.targetGroup("canary"), Weight: 10 },
    ];
    const split = [{ Type: "forward" as const, ForwardConfig: { TargetGroups } }];
    const input = { ListenerArn: balancer.listenerArn, DefaultActions: split };
    await deployment.elb.send(new ModifyListenerCommand(input));
    const reason = "the target group canary has no targets (10 % of the requests)";
    await record.state(home, { served: false, reason });
    await listenerTo(targetGroup);
    await record.state(home, { served: true });
  });

  it("is served when the security group of the load balancer allows some addresses of the internet", async () => {
    const from = Date.now();
    const { balancerGroup: GroupId } = await deployment.network;
    const ec2 = new EC2Client(aws.client());
    const tcp = { IpProtocol: "tcp", FromPort: 80, ToPort: 80 };
    const office = [{ ...tcp, IpRanges: [{ CidrIp: "198.51.100.0/24" }] }];
    const all = [{ ...tcp, IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: office }));
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: all }));
    await sleep(500);
    expect(record.route(home, { from })?.outages).toEqual([]);
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: office }));
    await record.state(home, { served: false });
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: all }));
    await record.state(home, { served: true });
  });

  it("lists a removed rule as removed, and not as an outage", async () => {
    const Conditions = [{ Field: "path-pattern", Values: ["/old"] }];
    const input = { ListenerArn: balancer.listenerArn, Priority: 40, Conditions, Actions: forwardTo(targetGroup) };
    const { Rules } = await deployment.elb.send(new CreateRuleCommand(input));
    const route = `ANY http://${balancer.dnsName}/old`;
    await record.state(route, { served: true });
    const from = Date.now();
    await deployment.elb.send(new DeleteRuleCommand({ RuleArn: Rules?.[0]?.RuleArn }));
    await record.state(route, { removed: true });
    expect(record.route(route, { from })).toEqual({ route, existence: "removed", outages: [] });
  });

  it("has the names of records that lead to the load balancer", async () => {
    const change = async (Action: ChangeAction): Promise<void> => {
      const AliasTarget = { HostedZoneId: "Z35SXDOTRQ7X7K", DNSName: balancer.dnsName, EvaluateTargetHealth: false };
      const ResourceRecordSet = { Name: "www.example.com", Type: "A" as const, AliasTarget };
      const HostedZoneId = await deployment.zone("example.com.");
      const ChangeBatch = { Changes: [{ Action, ResourceRecordSet }] };
      await new Route53Client(aws.client()).send(new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch }));
    };
    await change("CREATE");
    await record.state("ANY http://www.example.com/*", { served: true });
    await change("DELETE");
    await record.state("ANY http://www.example.com/*", { removed: true });
  });

  it("has the listeners of network load balancers, which need tasks that they may reach", async () => {
    const arn = await deployment.targetGroup("network", { Protocol: "TCP" });
    const { dnsName } = await deployment.balancer("network", forwardTo(arn), { type: "network", port: 8081 });
    const route = `tcp://${dnsName}:8081`;
    await record.state(route, { served: false, reason: "the target group network has no targets" });
    const input = await deployment.serviceInput(taskDefinition);
    const loadBalancers = [{ targetGroupArn: arn, containerName: "web", containerPort }];
    await deployment.ecs.send(new CreateServiceCommand({ ...input, loadBalancers }));
    await record.state(route, { served: true });
  });

  it("has all routes as removed after a reset", async () => {
    await fetch(`${aws.endpoint}/moto-api/reset`, { method: "POST" });
    await record.state(home, { served: false, removed: true });
  });
});

describe("the record of a load balancer whose parts take time", () => {
  const record = new RecordedFile();
  const time = { pendingSeconds: 8, registrationSeconds: 12 };
  const aws = emulatorForSuite({ record: record.path, time });

  it("says without another call when the load balancer serves, and why it did not before", async () => {
    const deployment = new Deployment(aws);
    const targetGroup = await deployment.targetGroup("web");
    const { dnsName } = await deployment.balancer("shop", [{ Type: "forward", TargetGroupArn: targetGroup }]);
    await deployment.service(targetGroup, await deployment.taskDefinition());
    const route = `ANY http://${dnsName}/*`;
    const created = record.read().calls.findLast(({ operation }) => operation === "CreateService")?.time ?? 0;
    const { time: served } = await record.state(route, { served: true });
    expect(served - created).toBeGreaterThan(time.registrationSeconds * 1000);
    const reasons = record.read().routes.flatMap(({ reason }) => reason ?? []);
    expect(reasons).toContain("the load balancer shop is provisioning");
    expect(reasons.at(-1)).toBe("the target group web has no targets");
  });
});
