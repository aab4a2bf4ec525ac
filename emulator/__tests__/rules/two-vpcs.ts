import { CreateSecurityGroupCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { ClientSettings } from "../running-emulator";
import { attachInternetGateway, createSubnet, createVpc, idOf } from "./network";

/** A VPC with two subnets, a security group and an internet gateway. */
export interface Vpc {
  readonly vpc: string;
  readonly subnets: readonly [string, string];
  readonly securityGroup: string;
  readonly internetGateway: string;
}

/** Two VPCs, of which neither can use what the other has. */
export interface TwoVpcs {
  readonly own: Vpc;
  readonly other: Vpc;
}

/** A subnet and a security group that do not exist. */
export const unknown = { subnet: "subnet-0123456789abcdef0", securityGroup: "sg-0123456789abcdef0" };

/** Creates two VPCs. */
export async function createTwoVpcs(settings: ClientSettings): Promise<TwoVpcs> {
  return { own: await createOne(settings), other: await createOne(settings) };
}

async function createOne(settings: ClientSettings): Promise<Vpc> {
  const ec2 = new EC2Client(settings);
  const vpc = await createVpc(ec2);
  const subnets = [
    await createSubnet(ec2, vpc, 1, `${settings.region}a`),
    await createSubnet(ec2, vpc, 2, `${settings.region}b`),
  ] as const;
  const command = new CreateSecurityGroupCommand({ GroupName: "group", Description: "of one VPC", VpcId: vpc });
  const securityGroup = idOf((await ec2.send(command)).GroupId);
  return { vpc, subnets, securityGroup, internetGateway: await attachInternetGateway(ec2, vpc) };
}
