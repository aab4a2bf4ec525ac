import type { DocumentedRule } from "./rule";

/** Where the API reference of each service has a page for each operation. */
const references: Readonly<Record<string, string>> = {
  apigateway: "apigateway/latest/api/API_",
  backup: "aws-backup/latest/devguide/API_",
  budgets: "aws-cost-management/latest/APIReference/API_budgets_",
  ec2: "AWSEC2/latest/APIReference/API_",
  ecr: "AmazonECR/latest/APIReference/API_",
  ecs: "AmazonECS/latest/APIReference/API_",
  elasticfilesystem: "efs/latest/ug/API_",
  elasticloadbalancing: "elasticloadbalancing/latest/APIReference/API_",
  events: "eventbridge/latest/APIReference/API_",
  iam: "IAM/latest/APIReference/API_",
  kms: "kms/latest/APIReference/API_",
  logs: "AmazonCloudWatchLogs/latest/APIReference/API_",
  rds: "AmazonRDS/latest/APIReference/API_",
  route53: "Route53/latest/APIReference/API_",
  s3: "AmazonS3/latest/API/API_",
  scheduler: "scheduler/latest/APIReference/API_",
  secretsmanager: "secretsmanager/latest/apireference/API_",
  sqs: "AWSSimpleQueueService/latest/APIReference/API_",
  ssm: "systems-manager/latest/APIReference/API_",
  wafv2: "waf/latest/APIReference/API_",
};

/** The rules of AWS that moto keeps itself. They need no predicate here, but a test, since an update of moto may lose one. */
export const refusedByMoto: readonly DocumentedRule[] = [
  on("apigateway", "deployment-without-method", "BadRequestException", "An API without methods cannot be deployed.", [
    "CreateDeployment",
  ]),
  on("backup", "backup-vault-exists", "AlreadyExistsException", "A vault name is used once.", ["CreateBackupVault"]),
  on("budgets", "budget-exists", "DuplicateRecordException", "A budget name is used once.", ["CreateBudget"]),
  on("ec2", "security-group-rule-exists", "InvalidPermission.Duplicate", "A rule of a security group exists once.", [
    "AuthorizeSecurityGroupIngress",
    "AuthorizeSecurityGroupEgress",
  ]),
  on("ec2", "instance-termination-protected", "OperationNotPermitted", "A protected instance cannot be terminated.", [
    "TerminateInstances",
  ]),
  on("ecr", "repository-exists", "RepositoryAlreadyExistsException", "A repository name is used once.", [
    "CreateRepository",
  ]),
  on(
    "ecr",
    "repository-not-empty",
    "RepositoryNotEmptyException",
    "A repository with images is deleted by force only.",
    ["DeleteRepository"],
  ),
  on(
    "ecs",
    "service-scaled-above-zero",
    "InvalidParameterException",
    "A service with tasks is deleted by force only.",
    ["DeleteService"],
  ),
  on(
    "elasticfilesystem",
    "mount-target-in-zone",
    "MountTargetConflict",
    "A file system has one mount target in a zone.",
    ["CreateMountTarget"],
  ),
  on("elasticfilesystem", "file-system-in-use", "FileSystemInUse", "A file system with mount targets is in use.", [
    "DeleteFileSystem",
  ]),
  on("elasticloadbalancing", "rule-priority-in-use", "PriorityInUse", "A priority of a listener is used once.", [
    "CreateRule",
    "SetRulePriorities",
  ]),
  on(
    "elasticloadbalancing",
    "target-group-in-use",
    "ResourceInUse",
    "A target group of a listener or a rule cannot be deleted.",
    ["DeleteTargetGroup"],
  ),
  on(
    "elasticloadbalancing",
    "target-group-name-in-use",
    "DuplicateTargetGroupName",
    "A target group name is used once, but for a request with the same settings.",
    ["CreateTargetGroup"],
  ),
  on("events", "event-rule-exists", "ResourceNotFoundException", "The rule of targets exists.", ["PutTargets"]),
  on("events", "event-rule-with-targets", "ValidationException", "A rule with targets cannot be deleted.", [
    "DeleteRule",
  ]),
  on("iam", "attached-policy-exists", "NoSuchEntity", "A policy that is attached exists.", ["AttachRolePolicy"]),
  on("iam", "policy-versions-quota", "LimitExceeded", "A policy has five versions.", ["CreatePolicyVersion"]),
  on("iam", "role-in-use", "DeleteConflict", "A role with policies or an instance profile cannot be deleted.", [
    "DeleteRole",
    "DeleteInstanceProfile",
  ]),
  on("kms", "alias-exists", "AlreadyExistsException", "An alias names one key.", ["CreateAlias"]),
  on("logs", "log-group-exists", "ResourceAlreadyExistsException", "A log group name is used once.", [
    "CreateLogGroup",
  ]),
  on(
    "logs",
    "log-resource-policy-quota",
    "LimitExceededException",
    "An account has 10 resource policies in a Region, besides those of a resource.",
    ["PutResourcePolicy"],
  ),
  on("rds", "db-instance-exists", "DBInstanceAlreadyExists", "An instance identifier is used once.", [
    "CreateDBInstance",
  ]),
  on("rds", "db-cluster-has-instances", "InvalidDBClusterStateFault", "A cluster with instances cannot be deleted.", [
    "DeleteDBCluster",
  ]),
  on("rds", "db-deletion-protection", "InvalidParameterCombination", "A protected instance cannot be deleted.", [
    "DeleteDBInstance",
  ]),
  on("rds", "db-cluster-deletion-protection", "InvalidParameterCombination", "A protected cluster cannot be deleted.", [
    "DeleteDBCluster",
  ]),
  on("rds", "final-snapshot-exists", "DBSnapshotAlreadyExists", "The name of a final snapshot is used once.", [
    "DeleteDBInstance",
  ]),
  on(
    "rds",
    "final-cluster-snapshot-exists",
    "DBClusterSnapshotAlreadyExistsFault",
    "The name of a final cluster snapshot is used once.",
    ["DeleteDBCluster"],
  ),
  on(
    "rds",
    "db-cluster-parameter-group-exists",
    "DBParameterGroupAlreadyExists",
    "The name of a cluster parameter group is used once.",
    ["CreateDBClusterParameterGroup"],
  ),
  on("route53", "hosted-zone-with-records", "HostedZoneNotEmpty", "A hosted zone with records cannot be deleted.", [
    "DeleteHostedZone",
  ]),
  on("s3", "bucket-exists", "BucketAlreadyExists", "A bucket name is used once on all of AWS.", ["CreateBucket"]),
  on("s3", "bucket-owned", "BucketAlreadyOwnedByYou", "A bucket is created once.", ["CreateBucket"]),
  on("s3", "bucket-not-empty", "BucketNotEmpty", "A bucket with objects or versions cannot be deleted.", [
    "DeleteBucket",
  ]),
  on("s3", "object-exists", "PreconditionFailed", "`If-None-Match: *` does not replace an object.", ["PutObject"]),
  on("scheduler", "schedule-name-in-use", "ConflictException", "A schedule name is used once in its group.", [
    "CreateSchedule",
  ]),
  on("secretsmanager", "secret-exists", "ResourceExistsException", "A secret name is used once.", ["CreateSecret"]),
  on("sqs", "queue-exists", "QueueAlreadyExists", "A queue name is used once, but for the same attributes.", [
    "CreateQueue",
  ]),
  on(
    "sqs",
    "dead-letter-queue-not-found",
    "AWS.SimpleQueueService.NonExistentQueue",
    "The dead-letter queue of a queue exists.",
    ["CreateQueue", "SetQueueAttributes"],
  ),
  on(
    "sqs",
    "dead-letter-queue-type",
    "InvalidParameterCombination",
    "The dead-letter queue of a FIFO queue is one, too.",
    ["CreateQueue"],
  ),
  on("ssm", "parameter-exists", "ParameterAlreadyExists", "A parameter is replaced with `Overwrite` only.", [
    "PutParameter",
  ]),
  on("wafv2", "lock-token-stale", "WAFOptimisticLockException", "A change has the newest lock token.", [
    "UpdateWebACL",
    "DeleteWebACL",
    "UpdateIPSet",
  ]),
];

function on(
  service: string,
  name: string,
  code: string,
  rule: string,
  operations: readonly [string, ...string[]],
): DocumentedRule {
  const source = `https://docs.aws.amazon.com/${references[service] ?? ""}${operations[0]}.html`;
  return { name, service, operations, code, rule, source };
}
