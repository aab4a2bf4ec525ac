import {
  DescribeInternetGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { CreateLoadBalancerCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { startEmulator } from "..";
import { emulatorForSuite } from "./running-emulator";

describe("the default VPC", () => {
  const aws = emulatorForSuite();

  it("has an internet gateway in each region, and a route to it", async () => {
    for (const region of ["us-east-1", "eu-west-1"]) {
      const ec2 = new EC2Client(aws.client(region));
      const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
      const { InternetGateways } = await ec2.send(new DescribeInternetGatewaysCommand({}));
      const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({}));
      expect(InternetGateways).toMatchObject([{ Attachments: [{ State: "available", VpcId: Vpcs?.[0]?.VpcId }] }]);
      expect(RouteTables?.[0]?.Routes).toContainEqual(
        expect.objectContaining({
          DestinationCidrBlock: "0.0.0.0/0",
          GatewayId: InternetGateways?.[0]?.InternetGatewayId,
        }),
      );
    }
  });

  it("takes an internet-facing load balancer", async () => {
    const { Subnets = [] } = await new EC2Client(aws.client()).send(new DescribeSubnetsCommand({}));
    const input = { Name: "web", Subnets: Subnets.slice(0, 2).map(({ SubnetId = "" }) => SubnetId) };
    const created = await new ElasticLoadBalancingV2Client(aws.client()).send(new CreateLoadBalancerCommand(input));
    expect(created.LoadBalancers?.[0]?.Scheme).toBe("internet-facing");
  });

  it("is not part of the inventory, whatever the first call is", async () => {
    const emulator = await startEmulator({ accountId: "111122223333" });
    try {
      const settings = { ...aws.client(), endpoint: emulator.endpoint };
      await new S3Client(settings).send(new ListBucketsCommand({}));
      await new EC2Client(settings).send(new DescribeVpcsCommand({}));
      expect(await emulator.inventory()).toEqual([]);
    } finally {
      await emulator.stop();
    }
  });
});
