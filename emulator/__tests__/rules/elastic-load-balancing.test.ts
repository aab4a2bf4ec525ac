import { ACMClient, RequestCertificateCommand } from "@aws-sdk/client-acm";
import { EC2Client } from "@aws-sdk/client-ec2";
import {
  AddListenerCertificatesCommand,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DeleteRuleCommand,
  DeleteTargetGroupCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  SetRulePrioritiesCommand,
  SetSubnetsCommand,
  type CreateListenerCommandInput,
  type CreateLoadBalancerCommandInput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { emulatorForSuite, refusal } from "../running-emulator";
import { attachInternetGateway, createSubnet, createVpc, idOf } from "./network";

describe("Elastic Load Balancing", () => {
  const aws = emulatorForSuite({ quotas: { rulesPerLoadBalancer: 3 } });
  let elb: ElasticLoadBalancingV2Client;
  let ec2: EC2Client;
  let vpcId: string;
  let subnets: readonly [string, string];
  let sameZone: string;
  let count = 0;
  beforeAll(async () => {
    elb = new ElasticLoadBalancingV2Client(aws.client());
    ec2 = new EC2Client(aws.client());
    vpcId = await createVpc(ec2);
    subnets = [await createSubnet(ec2, vpcId, 1, "us-east-1a"), await createSubnet(ec2, vpcId, 2, "us-east-1b")];
    sameZone = await createSubnet(ec2, vpcId, 3, "us-east-1a");
  });

  const balancer = async (input: Partial<CreateLoadBalancerCommandInput> = {}): Promise<string> => {
    const defaults = { Name: `lb-${++count}`, Scheme: "internal" as const, Subnets: [...subnets] };
    const { LoadBalancers } = await elb.send(new CreateLoadBalancerCommand({ ...defaults, ...input }));
    return idOf(LoadBalancers?.[0]?.LoadBalancerArn);
  };
  const targetGroup = async (name = `tg-${++count}`): Promise<string> => {
    const command = { Name: name, Protocol: "HTTP", Port: 80, VpcId: vpcId, TargetType: "ip" } as const;
    const { TargetGroups } = await elb.send(new CreateTargetGroupCommand(command));
    return idOf(TargetGroups?.[0]?.TargetGroupArn);
  };
  const forward = (TargetGroupArn: string) => [{ Type: "forward" as const, TargetGroupArn }];
  const fixed = [{ Type: "fixed-response" as const, FixedResponseConfig: { StatusCode: "404" } }];
  const listener = async (
    LoadBalancerArn: string,
    input: Partial<CreateListenerCommandInput> = {},
  ): Promise<string> => {
    const command = { LoadBalancerArn, Protocol: "HTTP", Port: 80, DefaultActions: fixed, ...input } as const;
    const { Listeners } = await elb.send(new CreateListenerCommand(command));
    return idOf(Listeners?.[0]?.ListenerArn);
  };
  const rule = async (ListenerArn: string, Priority: number, Actions = forward("")): Promise<string> => {
    const Conditions = [{ Field: "path-pattern", Values: [`/${Priority}`] }];
    const { Rules } = await elb.send(new CreateRuleCommand({ ListenerArn, Priority, Actions, Conditions }));
    return idOf(Rules?.[0]?.RuleArn);
  };

  it("refuses a second load balancer of a name with other settings [load-balancer-name-in-use]", async () => {
    const LoadBalancerArn = await balancer({ Name: "taken" });
    expect(await refusal(balancer({ Name: "taken", Subnets: [sameZone, subnets[1]] }))).toBe(
      "DuplicateLoadBalancerName",
    );
    await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    expect(await refusal(balancer({ Name: "taken", Subnets: [sameZone, subnets[1]] }))).toBe("");
  });

  it("returns the load balancer of a name for a request with the same settings", async () => {
    const arn = await balancer({ Name: "again" });
    const listenerArn = await listener(arn);
    expect(await balancer({ Name: "again" })).toBe(arn);
    expect(await refusal(elb.send(new DeleteListenerCommand({ ListenerArn: listenerArn })))).toBe("");
  });

  it("refuses two subnets of one zone [load-balancer-zone-used-twice]", async () => {
    expect(await refusal(balancer({ Subnets: [...subnets, sameZone] }))).toBe("InvalidConfigurationRequest");
    const LoadBalancerArn = await balancer();
    const set = (Subnets: string[]) => refusal(elb.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets })));
    expect(await set([...subnets, sameZone])).toBe("InvalidConfigurationRequest");
    expect(await set([sameZone, subnets[1]])).toBe("");
  });

  it("refuses an Application Load Balancer in one zone [load-balancer-in-one-zone]", async () => {
    expect(await refusal(balancer({ Subnets: [subnets[0]] }))).toBe("ValidationError");
    expect(await refusal(balancer({ Subnets: [subnets[0]], Type: "network" }))).toBe("");
  });

  it("refuses an internet-facing load balancer without an internet gateway [load-balancer-without-internet-gateway]", async () => {
    const other = await createVpc(ec2);
    const Subnets = [await createSubnet(ec2, other, 1, "us-east-1a"), await createSubnet(ec2, other, 2, "us-east-1b")];
    expect(await refusal(balancer({ Subnets, Scheme: "internet-facing" }))).toBe("InvalidSubnet");
    await attachInternetGateway(ec2, other);
    expect(await refusal(balancer({ Subnets, Scheme: "internet-facing" }))).toBe("");
  });

  it("refuses to delete a load balancer with deletion protection [load-balancer-deletion-protected]", async () => {
    const LoadBalancerArn = await balancer();
    const protect = (Value: string) =>
      elb.send(
        new ModifyLoadBalancerAttributesCommand({
          LoadBalancerArn,
          Attributes: [{ Key: "deletion_protection.enabled", Value }],
        }),
      );
    const remove = () => refusal(elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn })));
    await protect("true");
    expect(await remove()).toBe("OperationNotPermitted");
    await protect("false");
    expect(await remove()).toBe("");
  });

  it("refuses a second listener on one port [listener-port-in-use]", async () => {
    const arn = await balancer();
    await listener(arn);
    expect(await refusal(listener(arn))).toBe("DuplicateListener");
    const ListenerArn = await listener(arn, { Port: 81 });
    expect(await refusal(elb.send(new ModifyListenerCommand({ ListenerArn, Port: 80, DefaultActions: fixed })))).toBe(
      "DuplicateListener",
    );
    expect(await refusal(elb.send(new ModifyListenerCommand({ ListenerArn, Port: 81, DefaultActions: fixed })))).toBe(
      "",
    );
  });

  it("refuses a second rule of one priority [rule-priority-in-use]", async () => {
    const listenerArn = await listener(await balancer());
    const actions = forward(await targetGroup());
    await rule(listenerArn, 1, actions);
    expect(await refusal(rule(listenerArn, 1, actions))).toBe("PriorityInUse");
    expect(await refusal(rule(listenerArn, 2, actions))).toBe("");
  });

  it("refuses a priority that another rule keeps [rule-priority-in-use]", async () => {
    const listenerArn = await listener(await balancer());
    const actions = forward(await targetGroup());
    const RuleArn = await rule(listenerArn, 1, actions);
    await rule(listenerArn, 2, actions);
    const set = (Priority: number) =>
      refusal(elb.send(new SetRulePrioritiesCommand({ RulePriorities: [{ RuleArn, Priority }] })));
    expect(await set(2)).toBe("PriorityInUse");
    expect(await set(3)).toBe("");
  });

  it("refuses to delete a default rule [default-rule-deleted]", async () => {
    const ListenerArn = await listener(await balancer());
    const other = await rule(ListenerArn, 1, forward(await targetGroup()));
    const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn }));
    const RuleArn = idOf(Rules.find(({ IsDefault }) => IsDefault)?.RuleArn);
    expect(await refusal(elb.send(new DeleteRuleCommand({ RuleArn })))).toBe("OperationNotPermitted");
    expect(await refusal(elb.send(new DeleteRuleCommand({ RuleArn: other })))).toBe("");
  });

  it("refuses more rules than the quota of a load balancer [too-many-rules]", async () => {
    const arn = await balancer();
    const [one, other] = [await listener(arn), await listener(arn, { Port: 81 })];
    const actions = forward(await targetGroup());
    const last = await rule(one, 1, actions);
    await rule(one, 2, actions);
    await rule(other, 1, actions);
    expect(await refusal(rule(other, 2, actions))).toBe("TooManyRules");
    await elb.send(new DeleteRuleCommand({ RuleArn: last }));
    expect(await refusal(rule(other, 2, actions))).toBe("");
  });

  it("refuses an HTTPS listener without a certificate [listener-without-certificate]", async () => {
    const arn = await balancer();
    expect(await refusal(listener(arn, { Protocol: "HTTPS", Port: 443 }))).toBe("ValidationError");
    expect(await refusal(listener(arn))).toBe("");
  });

  it("refuses a certificate that does not exist [listener-certificate-unknown]", async () => {
    const CertificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
    const Certificates = [{ CertificateArn }];
    const arn = await balancer();
    expect(await refusal(listener(arn, { Protocol: "HTTPS", Port: 443, Certificates }))).toBe("CertificateNotFound");
    const ListenerArn = await listener(arn);
    const modify = new ModifyListenerCommand({ ListenerArn, Protocol: "HTTPS", Certificates, DefaultActions: fixed });
    expect(await refusal(elb.send(modify))).toBe("CertificateNotFound");
    const add = new AddListenerCertificatesCommand({ ListenerArn, Certificates });
    expect(await refusal(elb.send(add))).toBe("CertificateNotFound");
  });

  it("refuses a certificate that is not issued [listener-certificate-not-issued]", async () => {
    const acm = new ACMClient(aws.client());
    const request = new RequestCertificateCommand({ DomainName: "api.example.com", ValidationMethod: "DNS" });
    const { CertificateArn } = await acm.send(request);
    expect(
      await refusal(listener(await balancer(), { Protocol: "HTTPS", Port: 443, Certificates: [{ CertificateArn }] })),
    ).toBe("UnsupportedCertificate");
  });

  it("refuses a target group of another load balancer [target-group-of-another-load-balancer]", async () => {
    const [one, other] = [await balancer(), await balancer()];
    const group = await targetGroup();
    const owner = await listener(one, { DefaultActions: forward(group) });
    expect(await refusal(listener(one, { DefaultActions: forward(group), Port: 81 }))).toBe("");
    const otherListener = await listener(other);
    expect(await refusal(listener(other, { DefaultActions: forward(group), Port: 81 }))).toBe(
      "TargetGroupAssociationLimit",
    );
    expect(await refusal(rule(otherListener, 1, forward(group)))).toBe("TargetGroupAssociationLimit");
    expect(await refusal(rule(owner, 1, forward(group)))).toBe("");
    await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: one }));
    expect(await refusal(rule(otherListener, 1, forward(group)))).toBe("");
  });

  it("refuses to delete a target group of a listener or a rule [target-group-in-use]", async () => {
    const [ofListener, ofRule] = [await targetGroup(), await targetGroup()];
    const ListenerArn = await listener(await balancer(), { DefaultActions: forward(ofListener) });
    const RuleArn = await rule(ListenerArn, 1, forward(ofRule));
    const remove = (TargetGroupArn: string) => refusal(elb.send(new DeleteTargetGroupCommand({ TargetGroupArn })));
    expect(await remove(ofListener)).toBe("ResourceInUse");
    expect(await remove(ofRule)).toBe("ResourceInUse");
    await elb.send(new DeleteRuleCommand({ RuleArn }));
    expect(await remove(ofRule)).toBe("");
    await elb.send(new DeleteListenerCommand({ ListenerArn }));
    expect(await remove(ofListener)).toBe("");
  });

  it("refuses a second target group of a name with other settings [target-group-name-in-use]", async () => {
    await targetGroup("same-name");
    const other = { Name: "same-name", Protocol: "HTTP", Port: 81, VpcId: vpcId, TargetType: "ip" } as const;
    expect(await refusal(elb.send(new CreateTargetGroupCommand(other)))).toBe("DuplicateTargetGroupName");
  });

  it("takes a deregistration delay of 3600 seconds and refuses 3601", async () => {
    const TargetGroupArn = await targetGroup();
    const delay = (Value: string) =>
      refusal(
        elb.send(
          new ModifyTargetGroupAttributesCommand({
            TargetGroupArn,
            Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value }],
          }),
        ),
      );
    expect(await delay("3600")).toBe("");
    expect(await delay("3601")).toBe("ValidationError");
  });
});
