import { EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  DeleteFileSystemCommand,
  DeleteMountTargetCommand,
  EFSClient,
} from "@aws-sdk/client-efs";
import { emulatorForSuite, refusal } from "../running-emulator";
import { createSubnet, createVpc } from "./network";

describe("EFS", () => {
  const aws = emulatorForSuite();

  it("refuses a second mount target in a zone, and to delete a file system with mount targets [mount-target-in-zone] [file-system-in-use]", async () => {
    const ec2 = new EC2Client(aws.client());
    const efs = new EFSClient(aws.client());
    const vpcId = await createVpc(ec2);
    const subnets = [
      await createSubnet(ec2, vpcId, 1, "us-east-1a"),
      await createSubnet(ec2, vpcId, 2, "us-east-1b"),
      await createSubnet(ec2, vpcId, 3, "us-east-1a"),
    ];
    const { FileSystemId } = await efs.send(new CreateFileSystemCommand({ CreationToken: "files" }));
    const mount = (SubnetId: string | undefined) => efs.send(new CreateMountTargetCommand({ FileSystemId, SubnetId }));
    const targets = [await mount(subnets[0]), await mount(subnets[1])];
    expect(await refusal(mount(subnets[2]))).toBe("MountTargetConflict");
    const remove = () => refusal(efs.send(new DeleteFileSystemCommand({ FileSystemId })));
    expect(await remove()).toBe("FileSystemInUse");
    for (const { MountTargetId } of targets) await efs.send(new DeleteMountTargetCommand({ MountTargetId }));
    expect(await remove()).toBe("");
  });
});
