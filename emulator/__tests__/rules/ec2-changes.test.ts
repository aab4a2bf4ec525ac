import {
  AcceptVpcPeeringConnectionCommand,
  AssociateVpcCidrBlockCommand,
  AttachNetworkInterfaceCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateLaunchTemplateCommand,
  CreateManagedPrefixListCommand,
  CreateNetworkAclCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcPeeringConnectionCommand,
  DeleteNetworkInterfaceCommand,
  DescribeImagesCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DetachNetworkInterfaceCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  ModifyManagedPrefixListCommand,
  ModifyNetworkInterfaceAttributeCommand,
  ReplaceNetworkAclAssociationCommand,
  RevokeSecurityGroupIngressCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { emulatorForSuite, refusal } from "../running-emulator";
import { idOf } from "./network";
import { createTwoVpcs, type TwoVpcs } from "./two-vpcs";

describe("what EC2 changes", () => {
  const aws = emulatorForSuite({ quotas: { vpcs: 20 } });
  let ec2: EC2Client;
  let vpcs: TwoVpcs;
  beforeAll(async () => {
    ec2 = new EC2Client(aws.client());
    vpcs = await createTwoVpcs(aws.client());
  });
  const runInstance = async (DisableApiTermination: boolean) => {
    const ImageId = (await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }))).Images?.[0]?.ImageId;
    const [SubnetId] = vpcs.own.subnets;
    const count = { MinCount: 1, MaxCount: 1 };
    const run = new RunInstancesCommand({
      ImageId,
      SubnetId,
      DisableApiTermination,
      InstanceType: "t3.micro",
      ...count,
    });
    return idOf((await ec2.send(run)).Instances?.[0]?.InstanceId);
  };

  it("sets the host bits of blocks to zero, in a VPC and in what is in it", async () => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.20.1.1/16" }));
    expect(Vpc?.CidrBlock).toBe("10.20.0.0/16");
    const VpcId = Vpc?.VpcId;
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: "10.20.1.77/24" }));
    expect(Subnet?.CidrBlock).toBe("10.20.1.0/24");
    const { VpcPeeringConnection } = await ec2.send(
      new CreateVpcPeeringConnectionCommand({ VpcId: vpcs.own.vpc, PeerVpcId: VpcId }),
    );
    const VpcPeeringConnectionId = VpcPeeringConnection?.VpcPeeringConnectionId;
    await ec2.send(new AcceptVpcPeeringConnectionCommand({ VpcPeeringConnectionId }));
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
    const RouteTableId = RouteTable?.RouteTableId;
    const DestinationCidrBlock = "10.30.0.5/16";
    const route = new CreateRouteCommand({ RouteTableId, DestinationCidrBlock, VpcPeeringConnectionId });
    await ec2.send(route);
    expect(await refusal(ec2.send(route))).toBe("RouteAlreadyExists");
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [idOf(RouteTableId)] }));
    expect(RouteTables?.[0]?.Routes?.map((each) => each.DestinationCidrBlock)).toEqual([
      "10.20.0.0/16",
      "10.30.0.0/16",
    ]);
    const { CidrBlockAssociation } = await ec2.send(
      new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock: "10.21.0.9/16" }),
    );
    expect(CidrBlockAssociation?.CidrBlock).toBe("10.21.0.0/16");
  });

  it("takes a rule of a protocol without ports, which is a rule on all", async () => {
    const GroupId = vpcs.own.securityGroup;
    const IpPermissions = [{ IpProtocol: "50", IpRanges: [{ CidrIp: "10.9.0.1/16" }] }];
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    const described = async () => {
      const Filters = [{ Name: "group-id", Values: [GroupId] }];
      const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
      return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress);
    };
    expect(await described()).toMatchObject([{ IpProtocol: "50", FromPort: -1, ToPort: -1, CidrIpv4: "10.9.0.0/16" }]);
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
    expect(await described()).toEqual([]);
  });

  it("refuses to terminate an instance with termination protection [instance-termination-protected]", async () => {
    const InstanceId = await runInstance(true);
    const terminate = (id: string) => refusal(ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] })));
    expect(await terminate(InstanceId)).toBe("OperationNotPermitted");
    await ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, DisableApiTermination: { Value: false } }));
    expect(await terminate(InstanceId)).toBe("");
    expect(await terminate(await runInstance(false))).toBe("");
  });

  it("refuses security groups of another VPC for what exists [changed-security-group-vpc]", async () => {
    const [SubnetId] = vpcs.own.subnets;
    const { NetworkInterface } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
    const NetworkInterfaceId = NetworkInterface?.NetworkInterfaceId;
    const InstanceId = await runInstance(false);
    const change = async (group: string) => [
      await refusal(ec2.send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId, Groups: [group] }))),
      await refusal(ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, Groups: [group] }))),
    ];
    expect(await change(vpcs.other.securityGroup)).toEqual(["InvalidGroup.NotFound", "InvalidGroup.NotFound"]);
    expect(await change(vpcs.own.securityGroup)).toEqual(["", ""]);
  });

  it("refuses a network ACL of another VPC [network-acl-of-another-vpc]", async () => {
    const [subnet] = vpcs.own.subnets;
    const Filters = [{ Name: "association.subnet-id", Values: [subnet] }];
    const { NetworkAcls } = await ec2.send(new DescribeNetworkAclsCommand({ Filters }));
    const associations = NetworkAcls?.flatMap(({ Associations = [] }) => Associations);
    const AssociationId = associations?.find(({ SubnetId }) => SubnetId === subnet)?.NetworkAclAssociationId;
    const replace = async (VpcId: string) => {
      const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId }));
      const NetworkAclId = NetworkAcl?.NetworkAclId;
      return refusal(ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId })));
    };
    expect([await replace(vpcs.other.vpc), await replace(vpcs.own.vpc)]).toEqual(["InvalidParameterValue", ""]);
  });

  it("keeps the network interface of an instance until it is detached [network-interface-attached] [network-interface-of-another-instance]", async () => {
    const create = new CreateNetworkInterfaceCommand({ SubnetId: vpcs.own.subnets[0] });
    const NetworkInterfaceId = (await ec2.send(create)).NetworkInterface?.NetworkInterfaceId;
    const ImageId = (await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }))).Images?.[0]?.ImageId;
    const NetworkInterfaces = [{ DeviceIndex: 0, NetworkInterfaceId }];
    const run = { ImageId, InstanceType: "t3.micro" as const, MinCount: 1, MaxCount: 1, NetworkInterfaces };
    const end = () => refusal(ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId })));
    const attachment = { DeviceIndex: 1, NetworkInterfaceId, InstanceId: await runInstance(false) };
    const { AttachmentId } = await ec2.send(new AttachNetworkInterfaceCommand(attachment));
    expect(await end()).toBe("InvalidParameterValue");
    expect(await refusal(ec2.send(new RunInstancesCommand(run)))).toBe("InvalidNetworkInterface.InUse");
    await ec2.send(new DetachNetworkInterfaceCommand({ AttachmentId }));
    expect(await refusal(ec2.send(new RunInstancesCommand(run)))).toBe("");
    expect(await end()).toBe("InvalidParameterValue");
    const other = new CreateNetworkInterfaceCommand({ SubnetId: vpcs.own.subnets[0] });
    const free = (await ec2.send(other)).NetworkInterface?.NetworkInterfaceId;
    expect(await refusal(ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: free })))).toBe("");
  });

  it("refuses more entries of a prefix list than it can have [prefix-list-full]", async () => {
    const [first, second] = [{ Cidr: "10.0.0.0/8" }, { Cidr: "172.16.0.0/12" }];
    const list = { PrefixListName: "offices", MaxEntries: 1, AddressFamily: "IPv4" };
    const full = "PrefixListMaxEntriesExceeded";
    expect(await refusal(ec2.send(new CreateManagedPrefixListCommand({ ...list, Entries: [first, second] })))).toBe(
      full,
    );
    const { PrefixList } = await ec2.send(new CreateManagedPrefixListCommand({ ...list, Entries: [first] }));
    const modify = { PrefixListId: PrefixList?.PrefixListId, CurrentVersion: 1, AddEntries: [second] };
    expect(await refusal(ec2.send(new ModifyManagedPrefixListCommand(modify)))).toBe(full);
    expect(await refusal(ec2.send(new ModifyManagedPrefixListCommand({ ...modify, RemoveEntries: [first] })))).toBe("");
  });

  it("refuses the name of a launch template with its own code", async () => {
    const create = (LaunchTemplateName: string) =>
      refusal(
        ec2.send(
          new CreateLaunchTemplateCommand({ LaunchTemplateName, LaunchTemplateData: { InstanceType: "t3.micro" } }),
        ),
      );
    const malformed = "InvalidLaunchTemplateName.MalformedException";
    expect([await create("l t"), await create("lt"), await create("web(1)./-_")]).toEqual([malformed, malformed, ""]);
  });
});
