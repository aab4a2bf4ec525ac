import {
  CreateInstanceConnectEndpointCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteInstanceConnectEndpointCommand,
  DeleteTagsCommand,
  DescribeImagesCommand,
  DescribeInstanceConnectEndpointsCommand,
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import { createSubnet, createVpc, idOf } from "../rules/network";
import { emulatorForSuite, refusal } from "../running-emulator";

describe("the gaps of bastions", () => {
  const aws = emulatorForSuite();
  let ec2: EC2Client;
  let vpcId: string;
  let subnetId: string;
  let group: string;
  beforeAll(async () => {
    ec2 = new EC2Client(aws.client());
    vpcId = await createVpc(ec2);
    subnetId = await createSubnet(ec2, vpcId, 1, "us-east-1a");
    const command = new CreateSecurityGroupCommand({ GroupName: "bastion", Description: "bastion", VpcId: vpcId });
    group = idOf((await ec2.send(command)).GroupId);
  });

  const endpoint = async (id: string) => {
    const command = new DescribeInstanceConnectEndpointsCommand({ InstanceConnectEndpointIds: [id] });
    return (await ec2.send(command)).InstanceConnectEndpoints?.[0];
  };

  it("creates, tags and deletes an endpoint of EC2 Instance Connect", async () => {
    const { InstanceConnectEndpoint } = await ec2.send(
      new CreateInstanceConnectEndpointCommand({
        SubnetId: subnetId,
        SecurityGroupIds: [group],
        TagSpecifications: [{ ResourceType: "instance-connect-endpoint", Tags: [{ Key: "Name", Value: "bastion" }] }],
      }),
    );
    const id = idOf(InstanceConnectEndpoint?.InstanceConnectEndpointId);
    expect(await endpoint(id)).toMatchObject({
      State: "create-complete",
      SubnetId: subnetId,
      VpcId: vpcId,
      AvailabilityZone: "us-east-1a",
      PreserveClientIp: false,
      SecurityGroupIds: [group],
      Tags: [{ Key: "Name", Value: "bastion" }],
    });
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "Team", Value: "a" }] }));
    await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: "Name" }] }));
    expect((await endpoint(id))?.Tags).toEqual([{ Key: "Team", Value: "a" }]);
    await ec2.send(new DeleteInstanceConnectEndpointCommand({ InstanceConnectEndpointId: id }));
    expect(await refusal(endpoint(id))).toBe("InvalidInstanceConnectEndpointId.NotFound");
  });

  it("returns the security groups of an instance with a public address", async () => {
    const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
    const { Instances } = await ec2.send(
      new RunInstancesCommand({
        ImageId: Images?.[0]?.ImageId,
        MinCount: 1,
        MaxCount: 1,
        NetworkInterfaces: [{ DeviceIndex: 0, SubnetId: subnetId, Groups: [group], AssociatePublicIpAddress: true }],
      }),
    );
    const InstanceIds = [idOf(Instances?.[0]?.InstanceId)];
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds }));
    expect(Reservations?.[0]?.Instances?.[0]?.SecurityGroups?.map(({ GroupId }) => GroupId)).toEqual([group]);
  });
});
