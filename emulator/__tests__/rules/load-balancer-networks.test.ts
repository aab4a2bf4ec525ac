import { CreateSecurityGroupCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  SetSecurityGroupsCommand,
  SetSubnetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createTargetGroup } from "./load-balanced-network";
import { idOf } from "./network";
import { createTwoVpcs, unknown, type TwoVpcs } from "./two-vpcs";

const missingGroup = "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/none/0123456789abcdef";

describe("the VPC of a load balancer", () => {
  const aws = emulatorForSuite();
  let elb: ElasticLoadBalancingV2Client;
  let vpcs: TwoVpcs;
  let count = 0;
  beforeAll(async () => {
    elb = new ElasticLoadBalancingV2Client(aws.client());
    vpcs = await createTwoVpcs(aws.client());
  });
  const create = async (subnets: readonly string[], SecurityGroups: string[]): Promise<string> => {
    const Name = `shop-${++count}`;
    const { LoadBalancers } = await elb.send(
      new CreateLoadBalancerCommand({ Name, Subnets: [...subnets], SecurityGroups }),
    );
    return idOf(LoadBalancers?.[0]?.LoadBalancerArn);
  };

  it("has its subnets and security groups [load-balancer-subnet-unknown] [load-balancer-security-group-unknown] [load-balancer-vpc]", async () => {
    const { own, other } = vpcs;
    const refused = (...network: Parameters<typeof create>) => refusal(create(...network));
    expect(await refused([own.subnets[0], unknown.subnet], [])).toBe("SubnetNotFound");
    expect(await refused(own.subnets, [unknown.securityGroup])).toBe("InvalidSecurityGroup");
    expect(await refused(own.subnets, [other.securityGroup])).toBe("InvalidConfigurationRequest");
    expect(await refused([own.subnets[0], other.subnets[1]], [])).toBe("InvalidConfigurationRequest");
    const LoadBalancerArn = await create(own.subnets, [own.securityGroup]);
    const setGroups = (group: string) =>
      refusal(elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn, SecurityGroups: [group] })));
    const setSubnets = (subnets: readonly string[]) =>
      refusal(elb.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: [...subnets] })));
    expect(await setGroups(other.securityGroup)).toBe("InvalidConfigurationRequest");
    expect(await setGroups(unknown.securityGroup)).toBe("InvalidSecurityGroup");
    expect(await setGroups(own.securityGroup)).toBe("");
    expect(await setSubnets(other.subnets)).toBe("InvalidConfigurationRequest");
    expect(await setSubnets(own.subnets)).toBe("");
  });

  it("has at most 5 security groups [load-balancer-security-groups]", async () => {
    const ec2 = new EC2Client(aws.client());
    const groups: string[] = [];
    for (let index = 0; index < 6; index++) {
      const command = new CreateSecurityGroupCommand({
        GroupName: `group-${index}`,
        Description: "group",
        VpcId: vpcs.own.vpc,
      });
      groups.push(idOf((await ec2.send(command)).GroupId));
    }
    expect(await refusal(create(vpcs.own.subnets, groups))).toBe("InvalidConfigurationRequest");
    expect(await refusal(create(vpcs.own.subnets, groups.slice(1)))).toBe("");
  });

  it("has the target groups to which it forwards [target-group-unknown] [target-group-of-another-vpc]", async () => {
    const LoadBalancerArn = await create(vpcs.own.subnets, [vpcs.own.securityGroup]);
    const own = await createTargetGroup(elb, "own", vpcs.own.vpc);
    const other = await createTargetGroup(elb, "other", vpcs.other.vpc);
    const forward = (TargetGroupArn: string) => [{ Type: "forward" as const, TargetGroupArn }];
    const listen = (target: string) =>
      elb.send(
        new CreateListenerCommand({ LoadBalancerArn, Protocol: "HTTP", Port: 80, DefaultActions: forward(target) }),
      );
    expect(await refusal(listen(missingGroup))).toBe("TargetGroupNotFound");
    expect(await refusal(listen(other))).toBe("InvalidConfigurationRequest");
    const { Listeners } = await listen(own);
    const ListenerArn = Listeners?.[0]?.ListenerArn;
    const modify = (target: string) =>
      refusal(elb.send(new ModifyListenerCommand({ ListenerArn, DefaultActions: forward(target) })));
    const rule = (Priority: number, target: string) =>
      refusal(
        elb.send(
          new CreateRuleCommand({
            ListenerArn,
            Priority,
            Conditions: [{ Field: "path-pattern", Values: ["/orders"] }],
            Actions: forward(target),
          }),
        ),
      );
    for (const change of [modify, (target: string) => rule(1, target)]) {
      expect(await change(missingGroup)).toBe("TargetGroupNotFound");
      expect(await change(other)).toBe("InvalidConfigurationRequest");
      expect(await change(own)).toBe("");
    }
  });
});
