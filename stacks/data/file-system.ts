import type { EcsTaskDefinitionVolume } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { usersFirst } from "../lifecycle";
import { networkName } from "../naming";
import type { Network } from "../network/network";
import { SecurityGroup, type Peer } from "../network/security-group";
import { zoneLetter } from "../network/subnet-plan";
import type { BackupResource } from "./backups";

export interface FileSystemProps {
  readonly stage: StageConfig;
  readonly name: string;
  /** Numeric user and group that own the files, such as `1000:1000`. */
  readonly user: string;
  readonly network: Network;
}

/** Port of NFS. */
export const nfsPort = 2049;

/** An EFS file system that the tasks of one service share: encrypted, backed up daily, with one access point. */
export class FileSystem extends Construct {
  public readonly fileSystemArn: string;
  public readonly accessPointArn: string;
  public readonly backupResource: BackupResource;
  public readonly peer: Peer;
  /** For `dependsOn` of what mounts the file system. */
  public readonly mountTargets: readonly ITerraformDependable[];
  private readonly fileSystemId: string;
  private readonly accessPointId: string;

  constructor(scope: Construct, id: string, props: FileSystemProps) {
    super(scope, id);
    const { stage, name, user, network } = props;
    const tags = { Name: networkName(stage, `${name}-files`) };
    const fileSystem = new EfsFileSystem(this, "file-system", {
      encrypted: true,
      throughputMode: "elastic",
      lifecyclePolicy: [{ transitionToIa: "AFTER_30_DAYS" }, { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" }],
      tags,
    });
    // The backup plan of the stage replaces the daily backups of EFS.
    const status = stage.data.backup === undefined ? "ENABLED" : "DISABLED";
    new EfsBackupPolicy(this, "backup", { fileSystemId: fileSystem.id, backupPolicy: { status } });
    const securityGroup = new SecurityGroup(this, "security-group", {
      stage,
      vpcId: network.vpcId,
      role: `${name}-files`,
    });
    if (network.isolatedSubnets === undefined) throw new Error("a file system needs isolated subnets");
    // Not the subnets of the tasks: EFS has one mount target in a zone, which another egress would have to replace.
    this.mountTargets = network.isolatedSubnets.zones.map(
      ({ zone, subnetId }) =>
        new EfsMountTarget(this, zoneLetter(zone), {
          fileSystemId: fileSystem.id,
          subnetId,
          securityGroups: [securityGroup.id],
          lifecycle: usersFirst,
        }),
    );
    const [uid = 0, gid = uid] = user.split(":").map(Number);
    const accessPoint = new EfsAccessPoint(this, "access-point", {
      fileSystemId: fileSystem.id,
      posixUser: { uid, gid },
      rootDirectory: { path: "/files", creationInfo: { ownerUid: uid, ownerGid: gid, permissions: "0750" } },
      tags,
    });
    this.fileSystemArn = fileSystem.arn;
    this.backupResource = { kind: "files", arn: fileSystem.arn };
    this.accessPointArn = accessPoint.arn;
    this.fileSystemId = fileSystem.id;
    this.accessPointId = accessPoint.id;
    this.peer = securityGroup.peer;
  }

  /** The volume of a task definition: mounted over TLS, authorized by the task role. */
  public volume(name: string): EcsTaskDefinitionVolume {
    return {
      name,
      efsVolumeConfiguration: {
        fileSystemId: this.fileSystemId,
        transitEncryption: "ENABLED",
        authorizationConfig: { accessPointId: this.accessPointId, iam: "ENABLED" },
      },
    };
  }
}
