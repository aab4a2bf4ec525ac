import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
  type RuleCondition,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { emulatorForSuite } from "../running-emulator";

describe("the gaps of load balancers", () => {
  const aws = emulatorForSuite();
  const balancing = () => new ElasticLoadBalancingV2Client(aws.client());
  const subnets: string[] = [];

  beforeAll(async () => {
    const ec2 = new EC2Client(aws.client());
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
    for (const [index, zone] of ["us-east-1a", "us-east-1b"].entries()) {
      const input = { VpcId: Vpc?.VpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: zone };
      subnets.push((await ec2.send(new CreateSubnetCommand(input))).Subnet?.SubnetId ?? "");
    }
  });

  it("returns the addresses that a Network Load Balancer was given", async () => {
    const [SubnetId = "", other = ""] = subnets;
    const created = await balancing().send(
      new CreateLoadBalancerCommand({
        Name: "addresses",
        Type: "network",
        Scheme: "internal",
        SubnetMappings: [{ SubnetId, PrivateIPv4Address: "10.0.0.50" }, { SubnetId: other }],
      }),
    );
    const LoadBalancerArns = [created.LoadBalancers?.[0]?.LoadBalancerArn ?? ""];
    const found = await balancing().send(new DescribeLoadBalancersCommand({ LoadBalancerArns }));
    for (const { LoadBalancers } of [created, found]) {
      const zones = LoadBalancers?.[0]?.AvailabilityZones ?? [];
      const addresses = zones.map((zone) => [zone.SubnetId, zone.LoadBalancerAddresses?.[0]?.PrivateIPv4Address]);
      expect(Object.fromEntries(addresses)).toEqual({ [SubnetId]: "10.0.0.50", [other]: undefined });
    }
  });

  it("takes and returns conditions of regular expressions", async () => {
    const balancer = await balancing().send(
      new CreateLoadBalancerCommand({ Name: "expressions", Scheme: "internal", Subnets: subnets }),
    );
    const answer = { Type: "fixed-response" as const, FixedResponseConfig: { StatusCode: "200" } };
    const { Listeners } = await balancing().send(
      new CreateListenerCommand({
        LoadBalancerArn: balancer.LoadBalancers?.[0]?.LoadBalancerArn,
        Protocol: "HTTP",
        Port: 80,
        DefaultActions: [answer],
      }),
    );
    const ListenerArn = Listeners?.[0]?.ListenerArn;
    const path: RuleCondition = {
      Field: "path-pattern",
      PathPatternConfig: { RegexValues: ["^/v[0-9]+/.*$", "^/a$"] },
    };
    const host: RuleCondition = {
      Field: "host-header",
      HostHeaderConfig: { RegexValues: ["^[a-z]+[.]example[.]com$"] },
    };
    const created = await balancing().send(
      new CreateRuleCommand({ ListenerArn, Priority: 1, Conditions: [path, host], Actions: [answer] }),
    );
    const RuleArn = created.Rules?.[0]?.RuleArn ?? "";
    const conditions = async () => {
      const { Rules } = await balancing().send(new DescribeRulesCommand({ RuleArns: [RuleArn] }));
      return Rules?.[0]?.Conditions;
    };
    expect(created.Rules?.[0]?.Conditions).toEqual([path, host]);
    expect(await conditions()).toEqual([path, host]);
    await balancing().send(new ModifyRuleCommand({ RuleArn, Conditions: [host] }));
    expect(await conditions()).toEqual([host]);
  });
});
