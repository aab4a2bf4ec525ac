import { each, type Rules } from "../rule";
import { deniesPlainHttp } from "./statements";

/** Attributes of an alarm with the topics that it notifies. */
const alarmActions = ["alarm_actions", "insufficient_data_actions", "ok_actions"];

/** Queues, topics, tables, file systems, keys, secrets and log groups. */
export const dataServiceRules = {
  "queue-encryption": {
    severity: "medium",
    rationale: "SQS stores messages on disk until they are received.",
    source: "CKV_AWS_27, SQS.1",
    remediation: "set sqs_managed_sse_enabled to true, or kms_master_key_id",
    check: each("aws_sqs_queue", (queue) => {
      const encrypted = queue.get("sqs_managed_sse_enabled") === true || queue.has("kms_master_key_id");
      return !encrypted && "does not encrypt its messages";
    }),
  },
  "queue-tls": {
    severity: "medium",
    rationale: "SQS accepts requests over plain HTTP, which can be read and modified in transit.",
    source:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
    remediation: "add a queue policy that denies requests with aws:SecureTransport false",
    check: each(
      "aws_sqs_queue",
      (queue, stack) => !deniesPlainHttp(stack, queue, "aws_sqs_queue_policy") && "accepts requests without TLS",
    ),
  },
  "topic-encryption": {
    severity: "medium",
    rationale: "SNS stores messages on disk, and alarms are lost when CloudWatch may not use the topic's key.",
    source: "CKV_AWS_26, SNS.1",
    remediation: "set kms_master_key_id to a key whose policy allows cloudwatch.amazonaws.com",
    check: each("aws_sns_topic", (topic, stack) => {
      const key = topic.text("kms_master_key_id");
      if (key === "") return "does not encrypt its messages";
      const alarms = stack.usersOf(topic, "aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm");
      // An alarm on the topic's own metrics refers to the topic as well.
      const notifies = alarms.some((alarm) =>
        alarmActions.some((field) => stack.targets(alarm, field).some(({ address }) => address === topic.address)),
      );
      return notifies && key === "alias/aws/sns" && "uses a key that CloudWatch may not use";
    }),
  },
  "table-point-in-time-recovery": {
    severity: "medium",
    rationale: "Replication also copies a wrong write; only point-in-time recovery can undo it.",
    source: "CKV_AWS_28, DynamoDB.2",
    remediation: "set data.tables.<name>.pointInTimeRecovery: true (point_in_time_recovery.enabled)",
    appliesTo: "production",
    check: each(
      "aws_dynamodb_table",
      (table) => table.get("point_in_time_recovery.enabled") !== true && "does not enable point-in-time recovery",
    ),
  },
  "file-system-encryption": {
    severity: "high",
    rationale: "EFS cannot encrypt a file system after it was created.",
    source: "CKV_AWS_42, EFS.1",
    remediation: "set encrypted to true",
    check: each("aws_efs_file_system", (files) => files.get("encrypted") !== true && "does not encrypt its files"),
  },
  "key-rotation": {
    severity: "medium",
    rationale: "Rotation limits the amount of data that one version of a key protects.",
    source: "CKV_AWS_7, KMS.4",
    remediation: "set enable_key_rotation to true",
    check: each("aws_kms_key", (key) => {
      const symmetric = (key.get("customer_master_key_spec") ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT";
      return symmetric && key.get("enable_key_rotation") !== true && "is not rotated";
    }),
  },
  "secret-value": {
    severity: "medium",
    rationale: "ECS cannot start a task whose secret has no value.",
    source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
    remediation: "add an aws_secretsmanager_secret_version or an aws_secretsmanager_secret_rotation",
    check: each("aws_secretsmanager_secret", (secret, stack) => {
      const values = stack.usersOf(secret, "aws_secretsmanager_secret_version", "aws_secretsmanager_secret_rotation");
      return values.length === 0 && "has no value";
    }),
  },
  "log-retention": {
    severity: "low",
    rationale: "Logs of a log group without a retention are stored and billed indefinitely.",
    source: "CKV_AWS_66, CloudWatch.16",
    remediation: "set logRetentionDays of what writes the log (retention_in_days)",
    check: each("aws_cloudwatch_log_group", (group) => !(group.number("retention_in_days") > 0) && "has no retention"),
  },
} satisfies Rules;
