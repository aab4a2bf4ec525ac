import { each, type Rules } from "../rule";
import { deniesPlainText } from "./statements";

/** Queues, topics, tables, files and secrets. */
export const storeRules = {
  "queue-encrypted": {
    severity: "medium",
    why: "Messages wait on disks.",
    source: "CKV_AWS_27, SQS.1",
    mend: "set sqs_managed_sse_enabled to true, or kms_master_key_id",
    check: each("aws_sqs_queue", (queue) => {
      const encrypted = queue.get("sqs_managed_sse_enabled") === true || queue.has("kms_master_key_id");
      return !encrypted && "stores its messages in clear text";
    }),
  },
  "queue-tls": {
    severity: "medium",
    why: "SQS still answers over HTTP.",
    source:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
    mend: "deny what has aws:SecureTransport false",
    check: each(
      "aws_sqs_queue",
      (queue, stack) => !deniesPlainText(stack, queue, "aws_sqs_queue_policy") && "takes messages in clear text",
    ),
  },
  "topic-encrypted": {
    severity: "medium",
    why: "CloudWatch may not use AWS's own key of SNS, so alarms to such a topic are lost.",
    source: "CKV_AWS_26, SNS.1",
    mend: "set kms_master_key_id to a key whose policy lets cloudwatch.amazonaws.com use it",
    check: each("aws_sns_topic", (topic, stack) => {
      const key = topic.text("kms_master_key_id");
      if (key === "") return "stores its messages in clear text";
      const alarmed = stack.usersOf(topic, "aws_cloudwatch_metric_alarm").length > 0;
      return alarmed && key === "alias/aws/sns" && "is encrypted by a key that CloudWatch may not use";
    }),
  },
  "table-recovery": {
    severity: "medium",
    why: "A program that went wrong has overwritten what a replica then overwrites, too.",
    source: "CKV_AWS_28, DynamoDB.2",
    mend: "set point_in_time_recovery.enabled to true",
    holds: "production",
    check: each(
      "aws_dynamodb_table",
      (table) => table.get("point_in_time_recovery.enabled") !== true && "cannot be set back",
    ),
  },
  "files-encrypted": {
    severity: "high",
    why: "Files are on disks of others.",
    source: "CKV_AWS_42, EFS.1",
    mend: "set encrypted to true",
    check: each("aws_efs_file_system", (files) => files.get("encrypted") !== true && "stores files in clear text"),
  },
  "key-rotation": {
    severity: "medium",
    why: "The longer a key is used, the more it opens.",
    source: "CKV_AWS_7, KMS.4",
    mend: "set enable_key_rotation to true",
    check: each("aws_kms_key", (key) => {
      const symmetric = (key.get("customer_master_key_spec") ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT";
      return symmetric && key.get("enable_key_rotation") !== true && "stays the same for ever";
    }),
  },
  "secret-filled": {
    severity: "medium",
    why: "A task whose secret has no version does not start.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
    mend: "add an aws_secretsmanager_secret_version, or a rotation",
    check: each("aws_secretsmanager_secret", (secret, stack) => {
      const filled = stack.usersOf(secret, "aws_secretsmanager_secret_version", "aws_secretsmanager_secret_rotation");
      return filled.length === 0 && "is empty";
    }),
  },
} satisfies Rules;
