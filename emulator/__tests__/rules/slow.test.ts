import {
  CreateNatGatewayCommand,
  CreateVpcEndpointCommand,
  DescribeNatGatewaysCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  CreateLoadBalancerCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { setTimeout as sleep } from "node:timers/promises";
import { emulatorForSuite } from "../running-emulator";
import { createSubnet, createVpc } from "./network";

const pendingSeconds = 3;

describe("a slow emulated AWS", () => {
  const aws = emulatorForSuite({ time: { pendingSeconds } });

  it("creates NAT gateways, interface endpoints and load balancers that are pending first", async () => {
    const ec2 = new EC2Client(aws.client());
    const elb = new ElasticLoadBalancingV2Client(aws.client());
    const VpcId = await createVpc(ec2);
    const SubnetIds = [
      await createSubnet(ec2, VpcId, 1, "us-east-1a"),
      await createSubnet(ec2, VpcId, 2, "us-east-1b"),
    ];
    const balancer = { Name: "slow", Scheme: "internal", Subnets: SubnetIds } as const;
    const created = await elb.send(new CreateLoadBalancerCommand({ ...balancer, Subnets: SubnetIds }));
    const ServiceName = "com.amazonaws.us-east-1.ecr.api";
    const endpoint = { VpcId, ServiceName, SubnetIds, VpcEndpointType: "Interface", PrivateDnsEnabled: false } as const;
    const { VpcEndpoint } = await ec2.send(new CreateVpcEndpointCommand({ ...endpoint, SubnetIds }));
    const { NatGateway } = await ec2.send(
      new CreateNatGatewayCommand({ SubnetId: SubnetIds[0], ConnectivityType: "private" }),
    );
    expect(created.LoadBalancers?.[0]?.State?.Code).toBe("provisioning");
    expect(VpcEndpoint?.State).toBe("pending");
    expect(NatGateway?.State).toBe("pending");

    const states = async () => {
      const gateways = await ec2.send(new DescribeNatGatewaysCommand({}));
      const endpoints = await ec2.send(new DescribeVpcEndpointsCommand({}));
      const balancers = await elb.send(new DescribeLoadBalancersCommand({}));
      return [
        gateways.NatGateways?.[0]?.State,
        endpoints.VpcEndpoints?.[0]?.State,
        balancers.LoadBalancers?.[0]?.State?.Code,
      ];
    };
    expect((await states())[0]).toBe("pending");
    await sleep(pendingSeconds * 1000);
    expect(await states()).toEqual(["available", "available", "active"]);
  });
});

describe("an emulated AWS without delays", () => {
  const aws = emulatorForSuite();

  it("creates a load balancer that is active at once", async () => {
    const ec2 = new EC2Client(aws.client());
    const VpcId = await createVpc(ec2);
    const Subnets = [await createSubnet(ec2, VpcId, 1, "us-east-1a"), await createSubnet(ec2, VpcId, 2, "us-east-1b")];
    const elb = new ElasticLoadBalancingV2Client(aws.client());
    const command = new CreateLoadBalancerCommand({ Name: "fast", Scheme: "internal", Subnets });
    expect((await elb.send(command)).LoadBalancers?.[0]?.State?.Code).toBe("active");
  });
});
