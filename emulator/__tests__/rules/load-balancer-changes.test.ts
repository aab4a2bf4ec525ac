import { AllocateAddressCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  AddListenerCertificatesCommand,
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  DescribeListenerCertificatesCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  RemoveListenerCertificatesCommand,
  type CreateListenerCommandInput,
  type ModifyTargetGroupCommandInput,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { emulatorForSuite, refusal } from "../running-emulator";
import { requestCertificate, validateCertificate } from "./certificates";
import { createNetwork, createTargetGroup, type Network } from "./load-balanced-network";
import { idOf } from "./network";

describe("a changed load balancer", () => {
  const aws = emulatorForSuite();
  let elb: ElasticLoadBalancingV2Client;
  let application: Network;
  let network: Network;
  beforeAll(async () => {
    elb = new ElasticLoadBalancingV2Client(aws.client());
    application = await createNetwork(aws.client(), "application");
    network = await createNetwork(aws.client(), "network");
  });
  const listen = async ({ loadBalancer, targetGroup }: Network, input: Partial<CreateListenerCommandInput>) => {
    const DefaultActions = [{ Type: "forward" as const, TargetGroupArn: targetGroup }];
    const command = new CreateListenerCommand({ LoadBalancerArn: loadBalancer, DefaultActions, ...input });
    return idOf((await elb.send(command)).Listeners?.[0]?.ListenerArn);
  };

  it("keeps a protocol of its type [listener-protocol]", async () => {
    const ListenerArn = await listen(application, { Protocol: "HTTP", Port: 80 });
    const modify = (Protocol: "TCP" | "HTTP") =>
      refusal(elb.send(new ModifyListenerCommand({ ListenerArn, Protocol, Port: 80 })));
    expect([await modify("TCP"), await modify("HTTP")]).toEqual(["ValidationError", ""]);
    expect(await refusal(listen(network, { Protocol: "HTTP", Port: 80 }))).toBe("ValidationError");
  });

  it("has rules when it is an Application Load Balancer [network-load-balancer-rules]", async () => {
    const create = (ListenerArn: string, { targetGroup }: Network) =>
      refusal(
        elb.send(
          new CreateRuleCommand({
            ListenerArn,
            Priority: 1,
            Conditions: [{ Field: "path-pattern", Values: ["/orders"] }],
            Actions: [{ Type: "forward", TargetGroupArn: targetGroup }],
          }),
        ),
      );
    const rules = await listen(application, { Protocol: "HTTP", Port: 81 });
    const none = await listen(network, { Protocol: "TCP", Port: 81 });
    expect([await create(none, network), await create(rules, application)]).toEqual(["OperationNotPermitted", ""]);
  });

  it("balances across zones when it is an Application Load Balancer [application-load-balancer-cross-zone]", async () => {
    const modify = ({ loadBalancer }: Network, Value: string) => {
      const Attributes = [{ Key: "load_balancing.cross_zone.enabled", Value }];
      return refusal(elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: loadBalancer, Attributes })));
    };
    expect([await modify(application, "false"), await modify(application, "true")]).toEqual([
      "InvalidConfigurationRequest",
      "",
    ]);
    expect(await modify(network, "false")).toBe("");
  });

  it("has elastic IP addresses that exist [load-balancer-address-unknown]", async () => {
    const [SubnetId] = network.subnets;
    const create = (Name: string, AllocationId: string | undefined) =>
      refusal(
        elb.send(
          new CreateLoadBalancerCommand({ Name, Type: "network", SubnetMappings: [{ SubnetId, AllocationId }] }),
        ),
      );
    expect(await create("unknown", "eipalloc-0123456789abcdef0")).toBe("AllocationIdNotFound");
    const { AllocationId } = await new EC2Client(aws.client()).send(new AllocateAddressCommand({ Domain: "vpc" }));
    expect(await create("known", AllocationId)).toBe("");
  });

  it("keeps the default certificate of a listener [default-certificate-removed]", async () => {
    const [own, other] = [
      await requestCertificate(aws.client(), "own.example.com"),
      await requestCertificate(aws.client(), "other.example.com"),
    ];
    for (const arn of [own, other]) await validateCertificate(aws.client(), arn);
    const Certificates = [{ CertificateArn: own }];
    const ListenerArn = await listen(application, { Protocol: "HTTPS", Port: 443, Certificates });
    const named = (CertificateArn: string) => ({ ListenerArn, Certificates: [{ CertificateArn }] });
    const remove = (arn: string) => refusal(elb.send(new RemoveListenerCertificatesCommand(named(arn))));
    expect(await remove(own)).toBe("OperationNotPermitted");
    await elb.send(new AddListenerCertificatesCommand(named(other)));
    // A certificate that was added becomes the default one, and then leaves the list of the others.
    await elb.send(new ModifyListenerCommand(named(other)));
    expect([await remove(other), await remove(other)]).toEqual(["", "OperationNotPermitted"]);
    await elb.send(new AddListenerCertificatesCommand(named(own)));
    await elb.send(new ModifyListenerCommand(named(other)));
    const { Certificates: left } = await elb.send(new DescribeListenerCertificatesCommand({ ListenerArn }));
    expect(left?.map(({ CertificateArn }) => CertificateArn)).toEqual([other, own]);
  });

  it("keeps a health check that fits its target group [changed-health-check]", async () => {
    const modify = (TargetGroupArn: string, input: Partial<ModifyTargetGroupCommandInput>) =>
      refusal(elb.send(new ModifyTargetGroupCommand({ TargetGroupArn, ...input })));
    const http = application.targetGroup;
    expect(await modify(http, { HealthCheckProtocol: "TCP" })).toBe("ValidationError");
    expect(await modify(http, { HealthCheckProtocol: "HTTPS" })).toBe("");
    expect(await modify(http, { HealthCheckTimeoutSeconds: 60 })).toBe("ValidationError");
    expect(await modify(http, { HealthCheckTimeoutSeconds: 60, HealthCheckIntervalSeconds: 61 })).toBe("");
    expect(await modify(http, { HealthCheckIntervalSeconds: 60 })).toBe("ValidationError");
    const tcp = network.targetGroup;
    expect(await modify(tcp, { HealthCheckProtocol: "HTTP", HealthCheckPath: "/" })).toBe("");
    expect(await modify(tcp, { HealthCheckProtocol: "TCP" })).toBe("");
    expect(await modify(tcp, { HealthCheckTimeoutSeconds: 10, HealthCheckIntervalSeconds: 10 })).toBe("");
  });

  it("starts targets slowly with round robin only [slow-start-algorithm]", async () => {
    const TargetGroupArn = await createTargetGroup(elb, "slow", application.vpc);
    const set = (attributes: Readonly<Record<string, string>>) => {
      const Attributes = Object.entries(attributes).map(([Key, Value]) => ({ Key, Value }));
      return refusal(elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes })));
    };
    const [algorithm, slowStart] = ["load_balancing.algorithm.type", "slow_start.duration_seconds"] as const;
    expect(await set({ [slowStart]: "60" })).toBe("");
    expect(await set({ [algorithm]: "least_outstanding_requests" })).toBe("InvalidConfigurationRequest");
    expect(await set({ [algorithm]: "weighted_random" })).toBe("InvalidConfigurationRequest");
    expect(await set({ [algorithm]: "least_outstanding_requests", [slowStart]: "0" })).toBe("");
    expect(await set({ [slowStart]: "60" })).toBe("InvalidConfigurationRequest");
    expect(await set({ [algorithm]: "round_robin", [slowStart]: "60" })).toBe("");
  });
});
