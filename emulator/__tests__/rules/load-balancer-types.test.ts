import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyRuleCommand,
  RegisterTargetsCommand,
  SetIpAddressTypeCommand,
  SetSecurityGroupsCommand,
  type Action,
  type ProtocolEnum,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  AssociateSubnetCidrBlockCommand,
  AssociateVpcCidrBlockCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createNetwork, createTargetGroup, type Network } from "./load-balanced-network";
import { idOf } from "./network";

const fixedResponse = [{ Type: "fixed-response" as const, FixedResponseConfig: { StatusCode: "404" } }];

describe("the type of a load balancer", () => {
  const aws = emulatorForSuite();
  let elb: ElasticLoadBalancingV2Client;
  let application: Network;
  let network: Network;
  beforeAll(async () => {
    elb = new ElasticLoadBalancingV2Client(aws.client());
    application = await createNetwork(aws.client(), "application");
    network = await createNetwork(aws.client(), "network");
  });
  const forward = (TargetGroupArn: string) => [{ Type: "forward" as const, TargetGroupArn }];
  const listen = (LoadBalancerArn: string, Protocol: ProtocolEnum, Port: number, target: string) =>
    elb.send(new CreateListenerCommand({ LoadBalancerArn, Protocol, Port, DefaultActions: forward(target) }));

  it("decides on its attributes [load-balancer-attribute-of-another-type]", async () => {
    const modify = ({ loadBalancer }: Network, Key: string, Value: string) =>
      refusal(
        elb.send(
          new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: loadBalancer, Attributes: [{ Key, Value }] }),
        ),
      );
    const timeout = ["idle_timeout.timeout_seconds", "60"] as const;
    const routing = ["dns_record.client_routing_policy", "any_availability_zone"] as const;
    expect([await modify(network, ...timeout), await modify(application, ...timeout)]).toEqual([
      "InvalidConfigurationRequest",
      "",
    ]);
    expect(await modify(application, ...routing)).toBe("InvalidConfigurationRequest");
    expect(await modify(network, "load_balancing.cross_zone.enabled", "true")).toBe("");
  });

  it("decides on the protocols of its target groups [target-group-protocol]", async () => {
    const tcp = await createTargetGroup(elb, "tcp", application.vpc, "network");
    const http = await createTargetGroup(elb, "http", network.vpc);
    expect(await refusal(listen(application.loadBalancer, "HTTP", 80, tcp))).toBe("IncompatibleProtocols");
    expect(await refusal(listen(network.loadBalancer, "TCP", 80, http))).toBe("IncompatibleProtocols");
    const { Listeners } = await listen(application.loadBalancer, "HTTP", 80, application.targetGroup);
    expect(await refusal(listen(network.loadBalancer, "TCP", 80, network.targetGroup))).toBe("");
    const ListenerArn = Listeners?.[0]?.ListenerArn;
    const modify = (target: string) =>
      refusal(elb.send(new ModifyListenerCommand({ ListenerArn, DefaultActions: forward(target) })));
    expect([await modify(tcp), await modify(application.targetGroup)]).toEqual(["IncompatibleProtocols", ""]);
  });

  const defaultGroup = async ({ vpc }: Network): Promise<string> => {
    const Filters = [{ Name: "vpc-id", Values: [vpc] }];
    const { SecurityGroups } = await new EC2Client(aws.client()).send(new DescribeSecurityGroupsCommand({ Filters }));
    return idOf(SecurityGroups?.[0]?.GroupId);
  };

  it("decides on security groups that are added [network-load-balancer-security-groups]", async () => {
    const set = ({ loadBalancer, securityGroup }: Network & { readonly securityGroup: string }) =>
      refusal(
        elb.send(new SetSecurityGroupsCommand({ LoadBalancerArn: loadBalancer, SecurityGroups: [securityGroup] })),
      );
    expect(await set({ ...network, securityGroup: await defaultGroup(network) })).toBe("InvalidConfigurationRequest");
    expect(await set({ ...application, securityGroup: await defaultGroup(application) })).toBe("");
  });

  it("needs IPv6 subnets for IPv6 addresses [dualstack-without-ipv6]", async () => {
    const create = (Name: string) =>
      refusal(
        elb.send(
          new CreateLoadBalancerCommand({ Name, Subnets: [...application.subnets], IpAddressType: "dualstack" }),
        ),
      );
    const change = (LoadBalancerArn: string) =>
      refusal(elb.send(new SetIpAddressTypeCommand({ LoadBalancerArn, IpAddressType: "dualstack" })));
    expect(await create("without")).toBe("ValidationError");
    expect([await change(application.loadBalancer), await change(network.loadBalancer)]).toEqual([
      "ValidationError",
      "ValidationError",
    ]);
    const ec2 = new EC2Client(aws.client());
    const VpcId = application.vpc;
    await ec2.send(new AssociateVpcCidrBlockCommand({ VpcId, AmazonProvidedIpv6CidrBlock: true }));
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
    const range = idOf(Vpcs?.[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock);
    for (const [index, SubnetId] of application.subnets.entries()) {
      const Ipv6CidrBlock = range.replace(/00::\/56$/, `0${index}::/64`);
      await ec2.send(new AssociateSubnetCidrBlockCommand({ SubnetId, Ipv6CidrBlock }));
    }
    expect(await create("with")).toBe("");
    expect(await change(application.loadBalancer)).toBe("");
  });

  it("leaves the default rule to its listener [default-rule-modified]", async () => {
    const { Listeners } = await listen(application.loadBalancer, "HTTP", 81, application.targetGroup);
    const { Rules } = await elb.send(new DescribeRulesCommand({ ListenerArn: Listeners?.[0]?.ListenerArn }));
    const command = new ModifyRuleCommand({ RuleArn: Rules?.[0]?.RuleArn, Actions: fixedResponse });
    expect(await refusal(elb.send(command))).toBe("OperationNotPermitted");
  });

  it("leaves the kind of targets to the target group [target-of-another-type]", async () => {
    const register = (Id: string) =>
      refusal(
        elb.send(new RegisterTargetsCommand({ TargetGroupArn: application.targetGroup, Targets: [{ Id, Port: 80 }] })),
      );
    expect([await register("i-0123456789abcdef0"), await register("10.0.0.10")]).toEqual(["ValidationError", ""]);
    expect([await register("10.0.0.999"), await register("8.8.8.8")]).toEqual(["ValidationError", "ValidationError"]);
    expect([await register("192.168.0.1"), await register("100.64.0.1")]).toEqual(["", ""]);
    const VpcId = application.vpc;
    await new EC2Client(aws.client()).send(new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock: "8.8.0.0/16" }));
    expect(await register("8.8.8.8")).toBe("");
  });

  it("leaves the authentication of users to listeners of HTTPS [authentication-without-https]", async () => {
    const { Listeners } = await listen(application.loadBalancer, "HTTP", 82, application.targetGroup);
    const ListenerArn = Listeners?.[0]?.ListenerArn;
    const url = "https://id.example.com";
    const endpoints = { AuthorizationEndpoint: url, TokenEndpoint: url, UserInfoEndpoint: url };
    const AuthenticateOidcConfig = { Issuer: url, ...endpoints, ClientId: "web", ClientSecret: "secret" };
    const last = [{ ...fixedResponse[0], Type: "fixed-response" as const, Order: 2 }];
    const actions = [{ Type: "authenticate-oidc" as const, Order: 1, AuthenticateOidcConfig }, ...last];
    const Conditions = [{ Field: "path-pattern", Values: ["/orders"] }];
    const create = (Actions: Action[]) =>
      refusal(elb.send(new CreateRuleCommand({ ListenerArn, Priority: 1, Conditions, Actions })));
    const modify = (DefaultActions: Action[]) =>
      refusal(elb.send(new ModifyListenerCommand({ ListenerArn, DefaultActions })));
    expect([await create(actions), await create(last)]).toEqual(["InvalidLoadBalancerAction", ""]);
    expect([await modify(actions), await modify(last)]).toEqual(["InvalidLoadBalancerAction", ""]);
  });
});
