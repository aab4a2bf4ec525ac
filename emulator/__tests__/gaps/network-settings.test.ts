import {
  CreateDhcpOptionsCommand,
  CreateFlowLogsCommand,
  CreateNatGatewayCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribeDhcpOptionsCommand,
  DescribeFlowLogsCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  ModifySubnetAttributeCommand,
  ModifyVpcEndpointCommand,
} from "@aws-sdk/client-ec2";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("the settings of networks", () => {
  const aws = emulatorForSuite();
  const ec2 = () => new EC2Client(aws.client());
  let VpcId = "";
  let SubnetId = "";

  beforeAll(async () => {
    VpcId = (await ec2().send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))).Vpc?.VpcId ?? "";
    const created = await ec2().send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.0.1.0/24" }));
    SubnetId = created.Subnet?.SubnetId ?? "";
  });

  it("keeps DNS64 and the names of instances of a subnet", async () => {
    const modify = (input: object) => ec2().send(new ModifySubnetAttributeCommand({ SubnetId, ...input }));
    await modify({ EnableDns64: { Value: true } });
    await modify({ PrivateDnsHostnameTypeOnLaunch: "resource-name" });
    await modify({ EnableResourceNameDnsARecordOnLaunch: { Value: true } });
    await modify({ EnableResourceNameDnsAAAARecordOnLaunch: { Value: true } });
    await modify({ MapPublicIpOnLaunch: { Value: true } });
    const { Subnets } = await ec2().send(new DescribeSubnetsCommand({ SubnetIds: [SubnetId] }));
    expect(Subnets?.[0]).toMatchObject({
      EnableDns64: true,
      MapPublicIpOnLaunch: true,
      PrivateDnsNameOptionsOnLaunch: {
        HostnameType: "resource-name",
        EnableResourceNameDnsARecord: true,
        EnableResourceNameDnsAAAARecord: true,
      },
    });
    const unknown = { SubnetId: "subnet-0123456789abcdef0", EnableDns64: { Value: true } };
    expect(await refusal(ec2().send(new ModifySubnetAttributeCommand(unknown)))).toBe("InvalidSubnetID.NotFound");
  });

  it("moves the routes of a gateway endpoint with its route tables, and deletes the endpoint afterwards", async () => {
    const createTable = async () =>
      (await ec2().send(new CreateRouteTableCommand({ VpcId }))).RouteTable?.RouteTableId ?? "";
    const [first, second] = [await createTable(), await createTable()];
    const service = { VpcId, ServiceName: "com.amazonaws.us-east-1.s3", VpcEndpointType: "Gateway" as const };
    const created = await ec2().send(new CreateVpcEndpointCommand({ ...service, RouteTableIds: [first] }));
    const VpcEndpointId = created.VpcEndpoint?.VpcEndpointId ?? "";
    const tablesWithRoute = async () => {
      const { RouteTables = [] } = await ec2().send(new DescribeRouteTablesCommand({ RouteTableIds: [first, second] }));
      return RouteTables.filter(({ Routes = [] }) => Routes.some(({ GatewayId }) => GatewayId === VpcEndpointId)).map(
        ({ RouteTableId }) => RouteTableId,
      );
    };
    const moved = { VpcEndpointId, AddRouteTableIds: [second], RemoveRouteTableIds: [first] };
    await ec2().send(new ModifyVpcEndpointCommand(moved));
    expect(await tablesWithRoute()).toEqual([second]);
    await ec2().send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
    expect(await tablesWithRoute()).toEqual([]);
  });

  it("gives a NAT gateway the requested address, or one of its subnet", async () => {
    const create = async (PrivateIpAddress?: string) => {
      const input = { SubnetId, ConnectivityType: "private" as const, PrivateIpAddress };
      return (await ec2().send(new CreateNatGatewayCommand(input))).NatGateway;
    };
    const addressOf = (gateway: Awaited<ReturnType<typeof create>>) => gateway?.NatGatewayAddresses?.[0]?.PrivateIp;
    const gateways = [await create("10.0.1.250"), await create(), await create()];
    expect(gateways.map(addressOf)).toEqual(["10.0.1.250", "10.0.1.254", "10.0.1.253"]);
    const NatGatewayIds = gateways.slice(1, 2).map((each) => each?.NatGatewayId ?? "");
    const { NatGateways = [] } = await ec2().send(new DescribeNatGatewaysCommand({ NatGatewayIds }));
    expect(addressOf(NatGateways[0])).toBe("10.0.1.254");
    const NetworkInterfaceIds = [NatGateways[0]?.NatGatewayAddresses?.[0]?.NetworkInterfaceId ?? ""];
    const found = await ec2().send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds }));
    expect(found.NetworkInterfaces?.[0]?.PrivateIpAddress).toBe("10.0.1.254");
  });

  it("keeps the address type and the DNS options of a VPC endpoint", async () => {
    const created = await ec2().send(
      new CreateVpcEndpointCommand({
        VpcId,
        ServiceName: "com.amazonaws.us-east-1.logs",
        VpcEndpointType: "Interface",
        SubnetIds: [SubnetId],
        PrivateDnsEnabled: false,
        IpAddressType: "ipv4",
        DnsOptions: { DnsRecordIpType: "ipv4" },
      }),
    );
    const VpcEndpointId = created.VpcEndpoint?.VpcEndpointId ?? "";
    expect(created.VpcEndpoint).toMatchObject({ IpAddressType: "ipv4", DnsOptions: { DnsRecordIpType: "ipv4" } });
    await ec2().send(
      new ModifyVpcEndpointCommand({ VpcEndpointId, DnsOptions: { DnsRecordIpType: "service-defined" } }),
    );
    const found = await ec2().send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [VpcEndpointId] }));
    expect(found.VpcEndpoints?.[0]).toMatchObject({
      IpAddressType: "ipv4",
      DnsOptions: { DnsRecordIpType: "service-defined" },
    });
  });

  it("tags new DHCP options", async () => {
    const Tags = [{ Key: "Name", Value: "internal" }];
    const { DhcpOptions } = await ec2().send(
      new CreateDhcpOptionsCommand({
        DhcpConfigurations: [{ Key: "domain-name", Values: ["internal.example.com"] }],
        TagSpecifications: [{ ResourceType: "dhcp-options", Tags }],
      }),
    );
    expect(DhcpOptions?.Tags).toEqual(Tags);
    const DhcpOptionsIds = [DhcpOptions?.DhcpOptionsId ?? ""];
    const found = await ec2().send(new DescribeDhcpOptionsCommand({ DhcpOptionsIds }));
    expect(found.DhcpOptions?.[0]?.Tags).toEqual(Tags);
  });

  it("writes flow logs to folders of a bucket, in the requested format", async () => {
    await new S3Client(aws.client()).send(new CreateBucketCommand({ Bucket: "flow-folders" }));
    const create = (LogDestination: string) =>
      ec2().send(
        new CreateFlowLogsCommand({
          ResourceType: "VPC",
          ResourceIds: [VpcId],
          TrafficType: "ALL",
          LogDestinationType: "s3",
          LogDestination,
          DestinationOptions: { FileFormat: "parquet", PerHourPartition: true },
        }),
      );
    const destinations = ["", "/a/", "/a:b/c/"].map((folder) => `arn:aws:s3:::flow-folders${folder}`);
    const FlowLogIds: string[] = [];
    for (const destination of destinations) {
      const created = await create(destination);
      expect(created.Unsuccessful ?? []).toEqual([]);
      FlowLogIds.push(...(created.FlowLogIds ?? []));
    }
    expect(await refusal(create(destinations[1] ?? ""))).toBe("FlowLogAlreadyExists");
    const { FlowLogs = [] } = await ec2().send(new DescribeFlowLogsCommand({ FlowLogIds }));
    expect(FlowLogs.map(({ LogDestination }) => LogDestination).sort()).toEqual([...destinations].sort());
    expect(FlowLogs[0]?.DestinationOptions).toEqual({
      FileFormat: "parquet",
      HiveCompatiblePartitions: false,
      PerHourPartition: true,
    });
    const none = await create("arn:aws:s3:::flow-folders-of-none/a/");
    expect(none.Unsuccessful?.[0]?.Error?.Code).toBe("400");
  });
});
