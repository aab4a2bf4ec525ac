import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  type EC2Client,
} from "@aws-sdk/client-ec2";

/** The id of a new VPC with the range 10.0.0.0/16. */
export async function createVpc(ec2: EC2Client): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  return idOf(Vpc?.VpcId);
}

/** The id of a new subnet, the third part of whose range is `index`. */
export async function createSubnet(ec2: EC2Client, VpcId: string, index: number, zone: string): Promise<string> {
  const { Subnet } = await ec2.send(
    new CreateSubnetCommand({ VpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: zone }),
  );
  return idOf(Subnet?.SubnetId);
}

/** The id of a new internet gateway, attached to a VPC. */
export async function attachInternetGateway(ec2: EC2Client, VpcId: string): Promise<string> {
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = idOf(InternetGateway?.InternetGatewayId);
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  return InternetGatewayId;
}

/** An id or ARN of a response, in which the SDKs declare every field as optional. */
export function idOf(id: string | undefined): string {
  if (id === undefined) throw new Error("the response has no id");
  return id;
}
