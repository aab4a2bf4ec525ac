import { backupPlan, keepImages } from "./documents";
import type { Mistake } from "./mistake";

const json = JSON.stringify;

const database = "rds create-db-instance --engine postgres --allocated-storage 20 --master-username shop";
const cache =
  "elasticache create-replication-group --replication-group-description shop --engine valkey --cache-node-type cache.t4g.micro";
const user = "elasticache create-user --user-id web --user-name web --engine valkey --access-string on";

/** Mistakes with what keeps data: databases, caches, queues, buckets, images, files and backups. */
export const storingMistakes: readonly Mistake[] = [
  [
    "a database of an instance class that does not exist",
    `${database} --db-instance-identifier other --db-instance-class db.t9.micro --master-user-password 0123456789`,
    "InvalidParameterValue",
    `${database} --db-instance-identifier other --db-instance-class db.t4g.micro --master-user-password 0123456789`,
  ],
  [
    "a database password of seven characters",
    `${database} --db-instance-identifier short --db-instance-class db.t4g.micro --master-user-password 0123456`,
    "InvalidParameterValue",
  ],
  [
    "a parameter group in use deleted",
    "rds delete-db-parameter-group --db-parameter-group-name shop",
    "InvalidDBParameterGroupState",
  ],
  [
    "a database deleted without a decision on a final snapshot",
    "rds delete-db-instance --db-instance-identifier shop",
    "InvalidParameterCombination",
  ],
  [
    "a subnet group of databases in one zone",
    "rds create-db-subnet-group --db-subnet-group-name narrow --db-subnet-group-description narrow --subnet-ids {subnetA}",
    "DBSubnetGroupDoesNotCoverEnoughAZs",
  ],
  [
    "automatic failover of a cache without replica",
    `${cache} --replication-group-id alone --num-cache-clusters 1 --automatic-failover-enabled`,
    "InvalidParameterCombination",
    `${cache} --replication-group-id pair --num-cache-clusters 2 --automatic-failover-enabled`,
  ],
  [
    "a cache user with a password of 15 characters",
    `${user} --passwords ${"x".repeat(15)}`,
    "InvalidParameterValue",
    `${user} --passwords ${"x".repeat(16)}`,
  ],
  [
    "the name of a queue used within 60 seconds of its deletion",
    "sqs create-queue --queue-name orders",
    "AWS.SimpleQueueService.QueueDeletedRecently",
    "sqs create-queue --queue-name invoices",
  ],
  [
    "a queue with a visibility timeout of 13 hours",
    "sqs create-queue --queue-name slow --attributes VisibilityTimeout=46800",
    "InvalidAttributeValue",
  ],
  ["a bucket name with upper case", "s3api create-bucket --bucket Shop", "InvalidBucketName"],
  ["a bucket with objects deleted", "s3api delete-bucket --bucket shop-pictures", "BucketNotEmpty"],
  ["a repository with images deleted", "ecr delete-repository --repository-name shop", "RepositoryNotEmptyException"],
  [
    "a lifecycle policy of a repository with an unknown count",
    `ecr put-lifecycle-policy --repository-name shop --lifecycle-policy-text ${json(keepImages("newest"))}`,
    "InvalidParameterException",
  ],
  [
    "a second mount target of a file system in a zone",
    "efs create-mount-target --file-system-id {files} --subnet-id {subnetA}",
    "MountTargetConflict",
  ],
  [
    "a backup plan of a vault that does not exist",
    `backup create-backup-plan --backup-plan ${json(backupPlan("lost"))}`,
    "ResourceNotFoundException",
    `backup create-backup-plan --backup-plan ${json(backupPlan("shop"))}`,
  ],
];
