import { DescribeInstancesCommand, DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import type { Clients } from "./clients";

/** The running instance of a name: its key pair, whether it has a public address, and the name of its subnet. */
export async function instanceOf(
  { ec2 }: Clients,
  name: string,
): Promise<{ keyName: string | undefined; isPublic: boolean; subnet: string | undefined }> {
  const Filters = [
    { Name: "tag:Name", Values: [name] },
    { Name: "instance-state-name", Values: ["running"] },
  ];
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
  const [instance] = Reservations.flatMap(({ Instances = [] }) => Instances);
  const SubnetIds = [instance?.SubnetId ?? ""];
  const { Subnets: [subnet] = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds }));
  return {
    keyName: instance?.KeyName,
    isPublic: (instance?.PublicIpAddress ?? "") !== "",
    subnet: subnet?.Tags?.find(({ Key }) => Key === "Name")?.Value,
  };
}
