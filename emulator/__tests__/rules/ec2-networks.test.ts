import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNatGatewayCommand,
  DeleteRouteCommand,
  DeleteRouteTableCommand,
  DescribeImagesCommand,
  DescribeRouteTablesCommand,
  DescribeVpcsCommand,
  EC2Client,
  ModifyVpcEndpointCommand,
  RunInstancesCommand,
  type CreateRouteCommandInput,
  type RunInstancesCommandInput,
} from "@aws-sdk/client-ec2";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createSubnet, createVpc, idOf } from "./network";
import { createTwoVpcs, unknown, type TwoVpcs } from "./two-vpcs";

describe("the VPC of what EC2 has", () => {
  const aws = emulatorForSuite({ quotas: { vpcs: 20 } });
  let ec2: EC2Client;
  let vpcs: TwoVpcs;
  beforeAll(async () => {
    ec2 = new EC2Client(aws.client());
    vpcs = await createTwoVpcs(aws.client());
  });
  const routeTable = async (VpcId: string) =>
    idOf((await ec2.send(new CreateRouteTableCommand({ VpcId }))).RouteTable?.RouteTableId);
  const natGateway = async (SubnetId: string) => {
    const { AllocationId } = await ec2.send(new AllocateAddressCommand({ Domain: "vpc" }));
    const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
    return idOf(NatGateway?.NatGatewayId);
  };

  it("refuses interfaces with security groups that do not exist or are of another VPC [interface-security-group-unknown] [interface-vpc]", async () => {
    const create = (group: string) =>
      refusal(ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: vpcs.own.subnets[0], Groups: [group] })));
    expect(await create(unknown.securityGroup)).toBe("InvalidSecurityGroupID.NotFound");
    expect(await create(vpcs.other.securityGroup)).toBe("InvalidParameter");
    expect(await create(vpcs.own.securityGroup)).toBe("");
  });

  it("refuses instances that do not fit their subnet [instance-security-group-unknown] [instance-vpc] [instance-zone-of-another-subnet] [instance-key-pair-unknown]", async () => {
    const { own, other } = vpcs;
    const ImageId = (await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }))).Images?.[0]?.ImageId;
    const run = (change: Partial<RunInstancesCommandInput>) =>
      refusal(
        ec2.send(
          new RunInstancesCommand({
            ImageId,
            MinCount: 1,
            MaxCount: 1,
            InstanceType: "t3.micro",
            SubnetId: own.subnets[0],
            ...change,
          }),
        ),
      );
    expect(await run({ SecurityGroupIds: [unknown.securityGroup] })).toBe("InvalidGroup.NotFound");
    expect(await run({ SecurityGroupIds: [other.securityGroup] })).toBe("InvalidParameter");
    expect(await run({ Placement: { AvailabilityZone: "us-east-1b" } })).toBe("InvalidParameterValue");
    expect(await run({ KeyName: "none" })).toBe("InvalidKeyPair.NotFound");
    const inInterface = (group: string) => ({
      SubnetId: undefined,
      NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: own.subnets[0], Groups: [group] }],
    });
    expect(await run(inInterface(other.securityGroup))).toBe("InvalidParameter");
    expect(await run(inInterface(own.securityGroup))).toBe("");
    const placement = { Placement: { AvailabilityZone: "us-east-1a" } };
    expect(await run({ SecurityGroupIds: [own.securityGroup], ...placement })).toBe("");
  });

  it("refuses endpoints in another VPC [endpoint-subnet-unknown] [endpoint-security-group-unknown] [endpoint-vpc]", async () => {
    const { own, other } = vpcs;
    const create = (subnet: string, group: string) =>
      ec2.send(
        new CreateVpcEndpointCommand({
          VpcId: own.vpc,
          VpcEndpointType: "Interface",
          ServiceName: "com.amazonaws.us-east-1.sqs",
          PrivateDnsEnabled: false,
          SubnetIds: [subnet],
          SecurityGroupIds: [group],
        }),
      );
    expect(await refusal(create(unknown.subnet, own.securityGroup))).toBe("InvalidSubnetId.NotFound");
    expect(await refusal(create(own.subnets[0], unknown.securityGroup))).toBe("InvalidSecurityGroupId.NotFound");
    expect(await refusal(create(other.subnets[0], own.securityGroup))).toBe("InvalidParameter");
    expect(await refusal(create(own.subnets[0], other.securityGroup))).toBe("InvalidParameter");
    const { VpcEndpointId } = (await create(own.subnets[0], own.securityGroup)).VpcEndpoint ?? {};
    const add = (subnet: string) =>
      refusal(ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, AddSubnetIds: [subnet] })));
    expect(await add(other.subnets[1])).toBe("InvalidParameter");
    expect(await add(own.subnets[1])).toBe("");
  });

  it("refuses an endpoint of a service of another region [endpoint-service-of-another-region]", async () => {
    const create = (region: string) =>
      refusal(
        ec2.send(
          new CreateVpcEndpointCommand({ VpcId: vpcs.own.vpc, ServiceName: `com.amazonaws.${region}.dynamodb` }),
        ),
      );
    expect([await create("eu-west-1"), await create("us-east-1")]).toEqual(["InvalidServiceName", ""]);
  });

  it("refuses route tables of another VPC for endpoints and subnets [endpoint-route-table-vpc] [route-table-of-another-vpc]", async () => {
    const [own, other] = [await routeTable(vpcs.own.vpc), await routeTable(vpcs.other.vpc)];
    const create = (RouteTableId: string) =>
      refusal(
        ec2.send(
          new CreateVpcEndpointCommand({
            VpcId: vpcs.own.vpc,
            ServiceName: "com.amazonaws.us-east-1.s3",
            RouteTableIds: [RouteTableId],
          }),
        ),
      );
    const associate = (RouteTableId: string) =>
      refusal(ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId: vpcs.own.subnets[0] })));
    expect([await create(other), await create(own)]).toEqual(["InvalidParameter", ""]);
    expect([await associate(other), await associate(own)]).toEqual(["InvalidParameterValue", ""]);
  });

  it("refuses security groups of a VPC that does not exist [security-group-vpc-unknown]", async () => {
    const create = (VpcId: string) =>
      refusal(ec2.send(new CreateSecurityGroupCommand({ GroupName: "web", Description: "web", VpcId })));
    expect(await create("vpc-0123456789abcdef0")).toBe("InvalidVpcID.NotFound");
    expect(await create(vpcs.own.vpc)).toBe("");
  });

  it("refuses rules that refer to groups of another VPC, unless the VPCs are connected [security-group-reference-of-another-vpc]", async () => {
    const allow = (GroupId: string, port: number) =>
      refusal(
        ec2.send(
          new AuthorizeSecurityGroupIngressCommand({
            GroupId: vpcs.own.securityGroup,
            IpPermissions: [{ IpProtocol: "tcp", FromPort: port, ToPort: port, UserIdGroupPairs: [{ GroupId }] }],
          }),
        ),
      );
    expect(await allow(unknown.securityGroup, 1)).toBe("InvalidGroup.NotFound");
    expect(await allow(vpcs.other.securityGroup, 2)).toBe("InvalidGroup.NotFound");
    expect(await allow(vpcs.own.securityGroup, 3)).toBe("");
    await ec2.send(new CreateVpcPeeringConnectionCommand({ VpcId: vpcs.own.vpc, PeerVpcId: vpcs.other.vpc }));
    expect(await allow(vpcs.other.securityGroup, 4)).toBe("");
  });

  it("takes rules that refer to groups of the default VPC by their names", async () => {
    await ec2.send(new CreateSecurityGroupCommand({ GroupName: "by-name", Description: "by name" }));
    const allow = (GroupName: string) =>
      refusal(
        ec2.send(
          new AuthorizeSecurityGroupIngressCommand({
            GroupName,
            IpPermissions: [
              { IpProtocol: "tcp", FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupName: "default" }] },
            ],
          }),
        ),
      );
    expect(await allow("by-name")).toBe("");
    expect(await allow("by-name")).toBe("InvalidPermission.Duplicate");
    expect(await allow("unknown")).toBe("InvalidGroup.NotFound");
  });

  describe("routes", () => {
    const route = async (target: Partial<CreateRouteCommandInput>) => {
      const RouteTableId = await routeTable(vpcs.own.vpc);
      return refusal(ec2.send(new CreateRouteCommand({ RouteTableId, DestinationCidrBlock: "0.0.0.0/0", ...target })));
    };

    it("refuses a route to an internet gateway that does not exist or is not attached to the VPC [route-to-unknown-gateway] [route-to-another-vpc]", async () => {
      const detached = (await ec2.send(new CreateInternetGatewayCommand({}))).InternetGateway?.InternetGatewayId;
      expect(await route({ GatewayId: "igw-0123456789abcdef0" })).toBe("InvalidGatewayID.NotFound");
      expect(await route({ GatewayId: detached })).toBe("InvalidParameterValue");
      expect(await route({ GatewayId: vpcs.other.internetGateway })).toBe("InvalidParameterValue");
      expect(await route({ GatewayId: vpcs.own.internetGateway })).toBe("");
    });

    it("refuses a route to a NAT gateway that is deleted or of another VPC [route-to-unknown-nat-gateway] [route-to-another-vpc]", async () => {
      const own = await natGateway(vpcs.own.subnets[0]);
      expect(await route({ NatGatewayId: await natGateway(vpcs.other.subnets[0]) })).toBe("InvalidParameterValue");
      expect(await route({ NatGatewayId: "nat-0123456789abcdef0" })).toBe("InvalidNatGatewayID.NotFound");
      expect(await route({ NatGatewayId: own })).toBe("");
      await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: own }));
      expect(await route({ NatGatewayId: own })).toBe("InvalidNatGatewayID.NotFound");
    });

    it("refuses a route to an egress-only internet gateway of another VPC [route-to-another-vpc]", async () => {
      const gateway = async (VpcId: string) => {
        const created = await ec2.send(new CreateEgressOnlyInternetGatewayCommand({ VpcId }));
        return created.EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId;
      };
      const ipv6 = { DestinationCidrBlock: undefined, DestinationIpv6CidrBlock: "::/0" };
      const to = async (vpc: string) => route({ ...ipv6, EgressOnlyInternetGatewayId: await gateway(vpc) });
      expect([await to(vpcs.other.vpc), await to(vpcs.own.vpc)]).toEqual(["InvalidParameterValue", ""]);
    });

    it("refuses to delete the main route table and local routes [main-route-table-deleted] [local-route-deleted]", async () => {
      const Filters = [
        { Name: "vpc-id", Values: [vpcs.own.vpc] },
        { Name: "association.main", Values: ["true"] },
      ];
      const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
      const RouteTableId = RouteTables?.[0]?.RouteTableId;
      const remove = (id: string | undefined) => refusal(ec2.send(new DeleteRouteTableCommand({ RouteTableId: id })));
      expect(await remove(RouteTableId)).toBe("DependencyViolation");
      expect(await remove(await routeTable(vpcs.own.vpc))).toBe("");
      const removeRoute = (DestinationCidrBlock: string) =>
        refusal(ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock })));
      expect(await removeRoute("10.0.0.0/16")).toBe("InvalidParameterValue");
      await ec2.send(
        new CreateRouteCommand({
          RouteTableId,
          DestinationCidrBlock: "0.0.0.0/0",
          GatewayId: vpcs.own.internetGateway,
        }),
      );
      expect(await removeRoute("0.0.0.0/0")).toBe("");
    });

    it("refuses a NAT gateway in a VPC without an internet gateway [nat-gateway-without-internet-gateway]", async () => {
      const subnet = await createSubnet(ec2, await createVpc(ec2), 1, "us-east-1a");
      expect(await refusal(natGateway(subnet))).toBe("Gateway.NotAttached");
      expect(
        await refusal(ec2.send(new CreateNatGatewayCommand({ SubnetId: subnet, ConnectivityType: "private" }))),
      ).toBe("");
    });
  });

  it("refuses a subnet in a zone of another region [zone-of-another-region]", async () => {
    const VpcId = await createVpc(ec2);
    const create = (AvailabilityZone: string) =>
      refusal(ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.0.1.0/24", AvailabilityZone })));
    expect([await create("eu-west-1a"), await create("us-east-1a")]).toEqual(["InvalidParameterValue", ""]);
  });

  it("refuses an IPv6 range outside of the VPC's, or of another subnet [subnet-ipv6-outside-vpc] [subnet-ipv6-in-use]", async () => {
    const { Vpc } = await ec2.send(
      new CreateVpcCommand({ CidrBlock: "10.0.0.0/16", AmazonProvidedIpv6CidrBlock: true }),
    );
    const VpcId = idOf(Vpc?.VpcId);
    const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
    const range = idOf(Vpcs?.[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock).replace("/56", "/64");
    const create = (index: number, Ipv6CidrBlock: string) =>
      refusal(ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: `10.0.${index}.0/24`, Ipv6CidrBlock })));
    expect(await create(1, "2001:db8::/64")).toBe("InvalidSubnet.Range");
    expect(await create(1, range)).toBe("");
    expect(await create(2, range)).toBe("InvalidSubnet.Conflict");
  });
});
