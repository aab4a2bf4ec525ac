import { tcp, type Host } from "network-paths";
import { object, objects, text } from "../wire/json";
import { listObjects, texts, textsAt, type Ask } from "./ask";

/** All EC2 instances that are not terminated, by their ids. */
export async function readInstances(ask: Ask): Promise<readonly Host[]> {
  const reservations = await listObjects(ask, "ec2", "DescribeInstances", "Reservations");
  return reservations
    .flatMap(({ Instances }) => objects(Instances))
    .filter(({ State }) => !["shutting-down", "terminated"].includes(text(object(State).Name)))
    .map(({ InstanceId, SecurityGroups, SubnetId, PublicIpAddress }) => ({
      name: text(InstanceId),
      groups: textsAt(SecurityGroups, "GroupId"),
      subnets: [text(SubnetId)],
      publicIp: text(PublicIpAddress) !== "",
    }));
}

/** https://docs.aws.amazon.com/efs/latest/ug/network-access.html */
const nfs = tcp(2049);

/** All mount targets of EFS file systems, by their ids. */
export async function readMountTargets(ask: Ask): Promise<readonly Host[]> {
  const fileSystems = await listObjects(ask, "efs", "DescribeFileSystems", "FileSystems");
  const targets = await Promise.all(
    fileSystems.map(({ FileSystemId }) =>
      listObjects(ask, "efs", "DescribeMountTargets", "MountTargets", { FileSystemId }),
    ),
  );
  return Promise.all(
    targets.flat().map(async ({ MountTargetId, SubnetId }) => {
      const { SecurityGroups } = await ask("efs", "DescribeMountTargetSecurityGroups", { MountTargetId });
      return {
        name: text(MountTargetId),
        groups: texts(SecurityGroups),
        subnets: [text(SubnetId)],
        publicIp: false,
        listeners: [nfs],
      };
    }),
  );
}
