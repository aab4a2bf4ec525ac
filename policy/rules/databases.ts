import { each, type Rules } from "../rule";
import type { Values } from "../terraform/values";
import { isPartOf } from "../stage-fields";

const databases = ["aws_db_instance", "aws_rds_cluster"];
const instances = ["aws_db_instance", "aws_rds_cluster_instance"];

/** Postgres databases on RDS. */
export const databaseRules = {
  "database-encryption": {
    severity: "high",
    rationale: "Snapshots of a database are as readable as its storage and remain after it is deleted.",
    source: "CKV_AWS_16, CKV_AWS_96, RDS.3",
    remediation: "set storage_encrypted to true",
    check: each(databases, (database) => database.get("storage_encrypted") !== true && "does not encrypt its storage"),
  },
  "database-public-access": {
    severity: "high",
    rationale: "A database with a public IP can be reached by anyone whom its security group allows.",
    source: "CKV_AWS_17, RDS.2",
    remediation: "set publicly_accessible to false",
    check: each(instances, (database) => database.has("publicly_accessible") && "has a public IP"),
  },
  "database-tls": {
    severity: "high",
    rationale: "Postgres accepts connections without TLS unless rds.force_ssl is 1.",
    source: "CKV2_AWS_69",
    remediation: "set the parameter rds.force_ssl to 1",
    check: each(["aws_db_parameter_group", "aws_rds_cluster_parameter_group"], (group) => {
      if (!group.text("family").includes("postgres")) return false;
      const forced = group.blocks("parameter").find((parameter) => parameter.get("name") === "rds.force_ssl");
      return String(forced?.get("value")) !== "1" && "accepts connections without TLS";
    }),
  },
  "database-parameter-group": {
    severity: "medium",
    rationale: "AWS's default parameter groups cannot be modified, so that TLS cannot be enforced.",
    source: "CKV2_AWS_69",
    remediation: "set parameter_group_name to a parameter group of the stack",
    check: each("aws_db_instance", (database, stack) => {
      const own = stack.targets(database, "parameter_group_name", "aws_db_parameter_group").length > 0;
      return !own && "uses a default parameter group";
    }),
  },
  "database-iam-authentication": {
    severity: "medium",
    rationale: "An IAM token expires after 15 minutes, whereas a password stays valid until it is changed.",
    source: "CKV_AWS_161, CKV_AWS_162, RDS.10",
    remediation: "set iam_database_authentication_enabled to true",
    check: each(
      databases,
      (database) =>
        database.get("iam_database_authentication_enabled") !== true && "does not enable IAM authentication",
    ),
  },
  "database-password": {
    severity: "high",
    rationale:
      "A password that Terraform sets is readable in its state; RDS keeps a managed one in Secrets Manager and rotates it.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
    remediation: "set manage_master_user_password to true, and remove password",
    check: each(databases, (database) => {
      if (database.has("replicate_source_db")) return false;
      const managed = database.get("manage_master_user_password") === true && !database.has("password");
      return !managed && !database.has("password_wo") && "has a password that RDS does not manage";
    }),
  },
  "database-admin-name": {
    severity: "low",
    rationale: "Attackers try default administrator names first.",
    source: "RDS.24, RDS.25",
    remediation: "set data.postgres.masterUsername to another name (username, master_username)",
    check: each(databases, (database) => {
      const name = database.text(database.type === "aws_db_instance" ? "username" : "master_username");
      return ["postgres", "admin", "root", "rdsadmin"].includes(name) && `has the default administrator "${name}"`;
    }),
  },
  "database-final-snapshot": {
    severity: "medium",
    rationale: "Terraform cannot delete a database whose final snapshot has no name.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance",
    remediation: "set data.postgres.finalSnapshot to a name (final_snapshot_identifier)",
    check: each(databases, (database) => hasUnnamedSnapshot(database) && "has a final snapshot without a name"),
  },
  "database-minor-upgrades": {
    severity: "medium",
    rationale: "Minor versions contain security fixes.",
    source: "CKV_AWS_226, RDS.13",
    remediation: "set data.postgres.autoMinorVersionUpgrade: true (auto_minor_version_upgrade)",
    acceptedBy: ({ data }, { resource }, stack) =>
      data.postgres?.autoMinorVersionUpgrade === false && isPartOf("data/postgres", stack.at(resource))
        ? "data.postgres.autoMinorVersionUpgrade"
        : undefined,
    check: each(
      instances,
      (database) => database.get("auto_minor_version_upgrade") === false && "does not install minor versions",
    ),
  },
  "database-logs": {
    severity: "medium",
    rationale: "Logs on the storage of a database are lost with it.",
    source: "CKV_AWS_129, RDS.36",
    remediation: 'add "postgresql" to enabled_cloudwatch_logs_exports',
    check: each(
      databases,
      (database) =>
        database.texts("enabled_cloudwatch_logs_exports").length === 0 && "does not export its log to CloudWatch",
    ),
  },
  "database-snapshot-tags": {
    severity: "low",
    rationale: "The owner of a snapshot without tags is unknown, so it is never deleted.",
    source: "CKV2_AWS_60, RDS.17",
    remediation: "set copy_tags_to_snapshot to true",
    check: each(
      databases,
      (database) => database.get("copy_tags_to_snapshot") !== true && "does not copy tags to its snapshots",
    ),
  },
  "database-multi-az": {
    severity: "medium",
    rationale: "A database in one Availability Zone fails with the zone.",
    source: "CKV_AWS_157, RDS.5",
    remediation: "set data.postgres.multiAz: true (multi_az)",
    appliesTo: "production",
    check: each("aws_db_instance", (database) => database.get("multi_az") !== true && "has no standby in another zone"),
  },
  "database-deletion": {
    severity: "high",
    rationale: "Deleting a database loses all data since its last snapshot.",
    source: "CKV_AWS_293, RDS.8",
    remediation: "set data.postgres.deletionProtection: true (deletion_protection)",
    appliesTo: "production",
    check: each(databases, (database) => database.get("deletion_protection") !== true && "has no deletion protection"),
  },
  "database-insights": {
    severity: "low",
    rationale: "Performance Insights shows which statements cause the load of a database.",
    source: "CKV_AWS_353",
    remediation: "set data.postgres.performanceInsightsRetentionDays to 7 or more (performance_insights_enabled)",
    appliesTo: "production",
    check: each(
      instances,
      (database) => database.get("performance_insights_enabled") !== true && "does not enable Performance Insights",
    ),
  },
  "database-backups": {
    severity: "high",
    rationale: "Lost data is often noticed only after several days.",
    source: "CKV_AWS_133, RDS.11",
    remediation: "set data.postgres.backupRetentionDays to 7 or more (backup_retention_period)",
    appliesTo: "production",
    check: each(databases, (database) => {
      const days = database.has("backup_retention_period") ? database.number("backup_retention_period") : 0;
      return days < 7 && `retains backups for ${days} days`;
    }),
  },
} satisfies Rules;

function hasUnnamedSnapshot(database: Values): boolean {
  return database.get("skip_final_snapshot") !== true && !database.has("final_snapshot_identifier");
}
