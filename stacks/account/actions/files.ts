import { arnOf, type ArnScope } from "../../arn";
import type { ActionTable } from "./table";

const systems = (scope: ArnScope) => [arnOf(scope, "elasticfilesystem", "file-system/*")];
const tags = ["elasticfilesystem:TagResource", "elasticfilesystem:UntagResource"];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticfilesystem.html */
export const files: ActionTable = {
  aws_efs_file_system: {
    create: [
      "elasticfilesystem:CreateFileSystem",
      "elasticfilesystem:PutLifecycleConfiguration",
      "elasticfilesystem:TagResource",
    ],
    read: ["elasticfilesystem:DescribeFileSystems", "elasticfilesystem:DescribeLifecycleConfiguration"],
    update: [
      ...tags,
      "elasticfilesystem:PutLifecycleConfiguration",
      "elasticfilesystem:UpdateFileSystem",
      "elasticfilesystem:UpdateFileSystemProtection",
    ],
    delete: ["elasticfilesystem:DeleteFileSystem"],
    on: systems,
    serviceLinkedRole: "elasticfilesystem.amazonaws.com",
  },
  aws_efs_backup_policy: {
    create: ["elasticfilesystem:PutBackupPolicy"],
    read: ["elasticfilesystem:DescribeBackupPolicy"],
    update: ["elasticfilesystem:PutBackupPolicy"],
    delete: ["elasticfilesystem:PutBackupPolicy"],
    on: systems,
    serviceLinkedRole: "backup.amazonaws.com",
  },
  aws_efs_mount_target: {
    // EFS creates the network interface with the caller's permissions.
    create: [
      "ec2:CreateNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "elasticfilesystem:CreateMountTarget",
    ],
    read: ["elasticfilesystem:DescribeMountTargetSecurityGroups", "elasticfilesystem:DescribeMountTargets"],
    update: ["ec2:ModifyNetworkInterfaceAttribute", "elasticfilesystem:ModifyMountTargetSecurityGroups"],
    delete: ["ec2:DeleteNetworkInterface", "elasticfilesystem:DeleteMountTarget"],
    on: (scope) => [...systems(scope), arnOf(scope, "ec2", "*")],
  },
  aws_efs_access_point: {
    create: ["elasticfilesystem:CreateAccessPoint", "elasticfilesystem:TagResource"],
    read: ["elasticfilesystem:DescribeAccessPoints"],
    update: tags,
    delete: ["elasticfilesystem:DeleteAccessPoint"],
    on: (scope) => [...systems(scope), arnOf(scope, "elasticfilesystem", "access-point/*")],
  },
};
