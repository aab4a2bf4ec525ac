import { ApiGatewayV2Client, CreateVpcLinkCommand, DeleteVpcLinkCommand } from "@aws-sdk/client-apigatewayv2";
import {
  AllocateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DeleteNatGatewayCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DeleteVpcEndpointsCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  DetachInternetGatewayCommand,
  DisassociateVpcCidrBlockCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
  ReleaseAddressCommand,
  RevokeSecurityGroupIngressCommand,
  type CreateVpcEndpointCommandInput,
} from "@aws-sdk/client-ec2";
import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { emulatorForSuite, refusal } from "../running-emulator";
import { attachInternetGateway, createSubnet, createVpc, idOf } from "./network";

describe("EC2", () => {
  const aws = emulatorForSuite({ quotas: { vpcs: 30 } });
  let ec2: EC2Client;
  let count = 0;
  beforeAll(() => {
    ec2 = new EC2Client(aws.client());
  });

  const securityGroup = async (VpcId: string): Promise<string> => {
    const command = new CreateSecurityGroupCommand({ GroupName: `group-${++count}`, Description: "test", VpcId });
    return idOf((await ec2.send(command)).GroupId);
  };
  const deleteGroup = (GroupId: string) => refusal(ec2.send(new DeleteSecurityGroupCommand({ GroupId })));
  const deleteSubnet = (SubnetId: string) => refusal(ec2.send(new DeleteSubnetCommand({ SubnetId })));
  const twoSubnets = async (vpcId: string) => [
    await createSubnet(ec2, vpcId, 1, "us-east-1a"),
    await createSubnet(ec2, vpcId, 2, "us-east-1b"),
  ];
  const address = async () => idOf((await ec2.send(new AllocateAddressCommand({ Domain: "vpc" }))).AllocationId);
  const release = (AllocationId: string) => refusal(ec2.send(new ReleaseAddressCommand({ AllocationId })));
  const routeTable = async (VpcId: string) =>
    idOf((await ec2.send(new CreateRouteTableCommand({ VpcId }))).RouteTable?.RouteTableId);

  describe("security groups", () => {
    it("refuses to delete a group of a network interface [security-group-in-use]", async () => {
      const vpcId = await createVpc(ec2);
      const [SubnetId] = await twoSubnets(vpcId);
      const group = await securityGroup(vpcId);
      const command = new CreateNetworkInterfaceCommand({ SubnetId, Groups: [group] });
      const { NetworkInterface } = await ec2.send(command);
      expect(await deleteGroup(group)).toBe("DependencyViolation");
      const { NetworkInterfaceId } = NetworkInterface ?? {};
      await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
      expect(await deleteGroup(group)).toBe("");
    });

    it("refuses to delete a group, subnet or VPC of a load balancer [security-group-in-use] [subnet-in-use]", async () => {
      const elb = new ElasticLoadBalancingV2Client(aws.client());
      const vpcId = await createVpc(ec2);
      const subnets = await twoSubnets(vpcId);
      const group = await securityGroup(vpcId);
      const { LoadBalancers } = await elb.send(
        new CreateLoadBalancerCommand({
          Name: "in-use",
          Scheme: "internal",
          Subnets: subnets,
          SecurityGroups: [group],
        }),
      );
      expect(await deleteGroup(group)).toBe("DependencyViolation");
      expect(await deleteSubnet(subnets[0] ?? "")).toBe("DependencyViolation");
      const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn;
      await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
      expect(await deleteGroup(group)).toBe("");
      expect(await deleteSubnet(subnets[0] ?? "")).toBe("");
    });

    it("refuses to delete a group of an ECS service until the service is deleted [security-group-in-use]", async () => {
      const ecs = new ECSClient(aws.client());
      const vpcId = await createVpc(ec2);
      const subnets = await twoSubnets(vpcId);
      const group = await securityGroup(vpcId);
      await ecs.send(new CreateClusterCommand({ clusterName: "groups" }));
      await ecs.send(
        new RegisterTaskDefinitionCommand({
          family: "groups",
          networkMode: "awsvpc",
          requiresCompatibilities: ["FARGATE"],
          cpu: "256",
          memory: "512",
          containerDefinitions: [{ name: "app", image: "app" }],
        }),
      );
      const service = { cluster: "groups", serviceName: "groups", taskDefinition: "groups", desiredCount: 1 };
      const awsvpcConfiguration = { subnets, securityGroups: [group] };
      await ecs.send(
        new CreateServiceCommand({ ...service, launchType: "FARGATE", networkConfiguration: { awsvpcConfiguration } }),
      );
      expect(await deleteGroup(group)).toBe("DependencyViolation");
      await ecs.send(new DeleteServiceCommand({ cluster: "groups", service: "groups", force: true }));
      expect(await deleteGroup(group)).toBe("");
    });

    it("refuses to delete a group of a VPC link [security-group-in-use]", async () => {
      const apiGateway = new ApiGatewayV2Client(aws.client());
      const vpcId = await createVpc(ec2);
      const group = await securityGroup(vpcId);
      const SubnetIds = await twoSubnets(vpcId);
      const link = new CreateVpcLinkCommand({ Name: "link", SubnetIds, SecurityGroupIds: [group] });
      const { VpcLinkId } = await apiGateway.send(link);
      expect(await deleteGroup(group)).toBe("DependencyViolation");
      await apiGateway.send(new DeleteVpcLinkCommand({ VpcLinkId }));
      expect(await deleteGroup(group)).toBe("");
    });

    it("refuses to delete a group that a rule of another refers to [security-group-referenced]", async () => {
      const vpcId = await createVpc(ec2);
      const [GroupId, referenced] = [await securityGroup(vpcId), await securityGroup(vpcId)];
      const own = [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId }] }];
      const IpPermissions = [
        { IpProtocol: "tcp", FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: referenced }] },
      ];
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: own }));
      expect(await deleteGroup(referenced)).toBe("DependencyViolation");
      await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
      expect(await deleteGroup(referenced)).toBe("");
      expect(await deleteGroup(GroupId)).toBe("");
    });

    it("refuses to delete the default group of a VPC [default-security-group-deleted]", async () => {
      const vpcId = await createVpc(ec2);
      const Filters = [{ Name: "vpc-id", Values: [vpcId] }];
      const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
      expect(await deleteGroup(idOf(SecurityGroups?.[0]?.GroupId))).toBe("CannotDelete");
    });

    it("refuses more than 5 groups of an interface [too-many-security-groups-of-interface]", async () => {
      const vpcId = await createVpc(ec2);
      const [SubnetId] = await twoSubnets(vpcId);
      const groups: string[] = [];
      for (let index = 0; index < 6; index++) groups.push(await securityGroup(vpcId));
      const create = (Groups: string[]) => refusal(ec2.send(new CreateNetworkInterfaceCommand({ SubnetId, Groups })));
      expect(await create(groups)).toBe("SecurityGroupsPerInterfaceLimitExceeded");
      expect(await create(groups.slice(1))).toBe("");
    });

    it("refuses more than 60 rules of a group", async () => {
      const GroupId = await securityGroup(await createVpc(ec2));
      const allow = (from: number, to: number) => {
        const ports = Array.from({ length: to - from + 1 }, (_, index) => from + index);
        const IpPermissions = ports.map((port) => ({
          IpProtocol: "tcp",
          FromPort: port,
          ToPort: port,
          IpRanges: [{ CidrIp: "10.0.0.0/8" }],
        }));
        return refusal(ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions })));
      };
      expect(await allow(1, 60)).toBe("");
      expect(await allow(61, 61)).toBe("RulesPerSecurityGroupLimitExceeded");
    });

    it("refuses a rule made twice [security-group-rule-exists]", async () => {
      const GroupId = await securityGroup(await createVpc(ec2));
      const IpPermissions = [{ IpProtocol: "tcp", FromPort: 1, ToPort: 1, IpRanges: [{ CidrIp: "10.0.0.0/8" }] }];
      const allow = () => refusal(ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions })));
      expect([await allow(), await allow()]).toEqual(["", "InvalidPermission.Duplicate"]);
    });
  });

  describe("VPCs", () => {
    it("refuses to delete a VPC with a security group [vpc-in-use]", async () => {
      const VpcId = await createVpc(ec2);
      const group = await securityGroup(VpcId);
      const remove = () => refusal(ec2.send(new DeleteVpcCommand({ VpcId })));
      expect(await remove()).toBe("DependencyViolation");
      await deleteGroup(group);
      expect(await remove()).toBe("");
    });

    it("refuses to delete a subnet of a NAT gateway [subnet-in-use]", async () => {
      const vpcId = await createVpc(ec2);
      await attachInternetGateway(ec2, vpcId);
      const SubnetId = await createSubnet(ec2, vpcId, 1, "us-east-1a");
      const AllocationId = await address();
      const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
      expect(await deleteSubnet(SubnetId)).toBe("DependencyViolation");
      await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: NatGateway?.NatGatewayId }));
      expect(await deleteSubnet(SubnetId)).toBe("");
      await release(AllocationId);
    });

    it("refuses to disassociate an IPv6 range with a subnet in it [vpc-range-in-use]", async () => {
      const created = await ec2.send(
        new CreateVpcCommand({ CidrBlock: "10.0.0.0/16", AmazonProvidedIpv6CidrBlock: true }),
      );
      const VpcId = idOf(created.Vpc?.VpcId);
      const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ VpcIds: [VpcId] }));
      const { AssociationId, Ipv6CidrBlock = "" } = Vpcs?.[0]?.Ipv6CidrBlockAssociationSet?.[0] ?? {};
      const subnet = { VpcId, CidrBlock: "10.0.1.0/24", Ipv6CidrBlock: Ipv6CidrBlock.replace("/56", "/64") };
      const { Subnet } = await ec2.send(new CreateSubnetCommand(subnet));
      const disassociate = () => refusal(ec2.send(new DisassociateVpcCidrBlockCommand({ AssociationId })));
      expect(await disassociate()).toBe("InvalidCidrBlock.InUse");
      await deleteSubnet(idOf(Subnet?.SubnetId));
      expect(await disassociate()).toBe("");
    });
  });

  describe("gateways and routes", () => {
    it("refuses a second internet gateway of a VPC [second-internet-gateway]", async () => {
      const VpcId = await createVpc(ec2);
      const first = await attachInternetGateway(ec2, VpcId);
      const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
      const { InternetGatewayId } = InternetGateway ?? {};
      const attach = () => refusal(ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId })));
      expect(await attach()).toBe("InvalidParameterValue");
      await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId: first, VpcId }));
      expect(await attach()).toBe("");
    });

    it("refuses to detach an internet gateway with public addresses [internet-gateway-in-use]", async () => {
      const VpcId = await createVpc(ec2);
      const InternetGatewayId = await attachInternetGateway(ec2, VpcId);
      const SubnetId = await createSubnet(ec2, VpcId, 1, "us-east-1a");
      const AllocationId = await address();
      const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
      const detach = () => refusal(ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId, VpcId })));
      expect(await detach()).toBe("DependencyViolation");
      await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: NatGateway?.NatGatewayId }));
      expect(await detach()).toBe("");
      await release(AllocationId);
    });

    it("refuses a route made twice [route-exists]", async () => {
      const vpcId = await createVpc(ec2);
      const GatewayId = await attachInternetGateway(ec2, vpcId);
      const RouteTableId = await routeTable(vpcId);
      const route = (destination: object) =>
        refusal(ec2.send(new CreateRouteCommand({ RouteTableId, GatewayId, ...destination })));
      const ipv4 = { DestinationCidrBlock: "0.0.0.0/0" };
      const ipv6 = { DestinationIpv6CidrBlock: "::/0" };
      expect([await route(ipv4), await route(ipv4)]).toEqual(["", "RouteAlreadyExists"]);
      expect([await route(ipv6), await route(ipv6)]).toEqual(["", "RouteAlreadyExists"]);
    });

    it("refuses a second route table of a subnet [subnet-with-another-route-table]", async () => {
      const vpcId = await createVpc(ec2);
      const SubnetId = await createSubnet(ec2, vpcId, 1, "us-east-1a");
      const associate = (RouteTableId: string) =>
        refusal(ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId })));
      const [one, other] = [await routeTable(vpcId), await routeTable(vpcId)];
      expect(await associate(one)).toBe("");
      expect(await associate(other)).toBe("Resource.AlreadyAssociated");
    });

    it("refuses to release an address of a NAT gateway [elastic-ip-in-use]", async () => {
      const vpcId = await createVpc(ec2);
      await attachInternetGateway(ec2, vpcId);
      const SubnetId = await createSubnet(ec2, vpcId, 1, "us-east-1a");
      const AllocationId = await address();
      const { NatGateway } = await ec2.send(new CreateNatGatewayCommand({ SubnetId, AllocationId }));
      expect(await release(AllocationId)).toBe("InvalidIPAddress.InUse");
      await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: NatGateway?.NatGatewayId }));
      expect(await release(AllocationId)).toBe("");
    });

    it("refuses more than 5 elastic IP addresses [too-many-elastic-ips]", async () => {
      const addresses: string[] = [];
      for (let index = 0; index < 5; index++) addresses.push(await address());
      expect(await refusal(address())).toBe("AddressLimitExceeded");
      for (const allocationId of addresses) expect(await release(allocationId)).toBe("");
      expect(await refusal(address())).toBe("");
    });
  });

  describe("endpoints", () => {
    const endpoint = (input: Partial<CreateVpcEndpointCommandInput> & Pick<CreateVpcEndpointCommandInput, "VpcId">) => {
      const defaults = { ServiceName: "com.amazonaws.us-east-1.ecr.api", VpcEndpointType: "Interface" } as const;
      return ec2.send(new CreateVpcEndpointCommand({ ...defaults, ...input }));
    };
    const enableHostNames = (VpcId: string) =>
      ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));

    it("refuses private DNS without DNS host names of the VPC [endpoint-without-dns]", async () => {
      const VpcId = await createVpc(ec2);
      const SubnetIds = await twoSubnets(VpcId);
      expect(await refusal(endpoint({ VpcId, SubnetIds, PrivateDnsEnabled: true }))).toBe("InvalidParameter");
      expect(await refusal(endpoint({ VpcId, SubnetIds }))).toBe("InvalidParameter");
      expect(await refusal(endpoint({ VpcId, SubnetIds, PrivateDnsEnabled: false }))).toBe("");
      await enableHostNames(VpcId);
      expect(await refusal(endpoint({ VpcId, SubnetIds, PrivateDnsEnabled: true }))).toBe("");
    });

    it("refuses private DNS of a second endpoint of a service [endpoint-private-dns-in-use]", async () => {
      const VpcId = await createVpc(ec2);
      const SubnetIds = await twoSubnets(VpcId);
      await enableHostNames(VpcId);
      const { VpcEndpoint } = await endpoint({ VpcId, SubnetIds, PrivateDnsEnabled: true });
      expect(await refusal(endpoint({ VpcId, SubnetIds, PrivateDnsEnabled: true }))).toBe("InvalidParameter");
      const ServiceName = "com.amazonaws.us-east-1.ecr.dkr";
      expect(await refusal(endpoint({ VpcId, SubnetIds, PrivateDnsEnabled: true, ServiceName }))).toBe("");
      await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [idOf(VpcEndpoint?.VpcEndpointId)] }));
      expect(await refusal(endpoint({ VpcId, SubnetIds, PrivateDnsEnabled: true }))).toBe("");
    });

    it("refuses two subnets of one zone [endpoint-zone-used-twice]", async () => {
      const VpcId = await createVpc(ec2);
      const SubnetIds = await twoSubnets(VpcId);
      const sameZone = await createSubnet(ec2, VpcId, 3, "us-east-1a");
      expect(await refusal(endpoint({ VpcId, SubnetIds: [...SubnetIds, sameZone], PrivateDnsEnabled: false }))).toBe(
        "DuplicateSubnetsInSameZone",
      );
      expect(await refusal(endpoint({ VpcId, SubnetIds, PrivateDnsEnabled: false }))).toBe("");
    });

    it("refuses a second gateway endpoint of a route table [gateway-endpoint-route-in-use]", async () => {
      const VpcId = await createVpc(ec2);
      const [one, other] = [await routeTable(VpcId), await routeTable(VpcId)];
      const gateway = (RouteTableIds: string[]) =>
        refusal(
          endpoint({ VpcId, VpcEndpointType: "Gateway", ServiceName: "com.amazonaws.us-east-1.s3", RouteTableIds }),
        );
      expect(await gateway([one])).toBe("");
      expect(await gateway([one, other])).toBe("RouteAlreadyExists");
      expect(await gateway([other])).toBe("");
    });
  });
});

describe("the quota of VPCs", () => {
  const aws = emulatorForSuite();

  it("refuses a sixth VPC, the default VPC included [too-many-vpcs]", async () => {
    const ec2 = new EC2Client(aws.client());
    for (let index = 0; index < 4; index++) await createVpc(ec2);
    expect(await refusal(createVpc(ec2))).toBe("VpcLimitExceeded");
    expect(await refusal(createVpc(new EC2Client(aws.client("eu-west-1"))))).toBe("");
  });
});
