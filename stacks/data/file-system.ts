import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import type { EcsTaskDefinitionVolume } from "@cdktf/provider-aws/lib/ecs-task-definition";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { StageConfig } from "../../schema";
import { networkName } from "../naming";
import type { Network } from "../network/network";
import { zoneLetter } from "../network/subnet-plan";
import { SecurityGroup, type Peer } from "../network/security-group";
import type { BackedUp } from "./backup/backed-up";

export interface FileSystemProps {
  readonly stage: StageConfig;
  readonly name: string;
  /** User and group, by number, who own the files. */
  readonly user: string;
  readonly network: Network;
}

/** Port of NFS. */
export const nfsPort = 2049;

/** Files on EFS that the tasks of one service share: encrypted, backed up every day, reached by one access point. */
export class FileSystem extends Construct {
  public readonly fileSystemArn: string;
  public readonly accessPointArn: string;
  public readonly backedUp: BackedUp;
  public readonly peer: Peer;
  /** What must exist before a task mounts it. */
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
    // The stage's own plan takes the place of EFS's daily one.
    const status = stage.data.backup === undefined ? "ENABLED" : "DISABLED";
    new EfsBackupPolicy(this, "backup", { fileSystemId: fileSystem.id, backupPolicy: { status } });
    const securityGroup = new SecurityGroup(this, "security-group", {
      stage,
      vpcId: network.vpcId,
      role: `${name}-files`,
    });
    this.mountTargets = network.taskSubnets.zones.map(
      ({ zone, subnetId }) =>
        new EfsMountTarget(this, zoneLetter(zone), {
          fileSystemId: fileSystem.id,
          subnetId,
          securityGroups: [securityGroup.id],
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
    this.backedUp = { kind: "files", arn: fileSystem.arn };
    this.accessPointArn = accessPoint.arn;
    this.fileSystemId = fileSystem.id;
    this.accessPointId = accessPoint.id;
    this.peer = securityGroup.peer;
  }

  /** The file system as a task definition knows it: over TLS, by the task's own role. */
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
