import { each, type Rules } from "../rule";

const databases = ["aws_db_instance", "aws_rds_cluster"];

/** Postgres on RDS: how it is kept and watched. */
export const databaseOperationRules = {
  "database-upgrades": {
    severity: "medium",
    why: "Minor versions close holes.",
    source: "CKV_AWS_226, RDS.13",
    mend: "set auto_minor_version_upgrade to true",
    check: each(
      ["aws_db_instance", "aws_rds_cluster_instance"],
      (database) => database.get("auto_minor_version_upgrade") === false && "stays on its minor version",
    ),
  },
  "database-logs": {
    severity: "medium",
    why: "The log of a database goes with its disk.",
    source: "CKV_AWS_129, RDS.36",
    mend: 'add "postgresql" to enabled_cloudwatch_logs_exports',
    check: each(
      databases,
      (database) => database.texts("enabled_cloudwatch_logs_exports").length === 0 && "keeps its log to itself",
    ),
  },
  "database-snapshot-tags": {
    severity: "low",
    why: "A snapshot without tags belongs to nobody, and nobody removes it.",
    source: "CKV2_AWS_60, RDS.17",
    mend: "set copy_tags_to_snapshot to true",
    check: each(
      databases,
      (database) => database.get("copy_tags_to_snapshot") !== true && "has snapshots without tags",
    ),
  },
  "database-zones": {
    severity: "medium",
    why: "A database in one zone is down with it.",
    source: "CKV_AWS_157, RDS.5",
    mend: "set multi_az to true",
    holds: "production",
    check: each("aws_db_instance", (database) => database.get("multi_az") !== true && "stands in one zone"),
  },
  "database-kept": {
    severity: "high",
    why: "A database that is deleted by mistake takes everything since its last snapshot with it.",
    source: "CKV_AWS_293, RDS.8",
    mend: "set deletion_protection to true",
    holds: "production",
    check: each(databases, (database) => database.get("deletion_protection") !== true && "can be deleted by one call"),
  },
  "database-insights": {
    severity: "low",
    why: "Performance Insights tells which statement a slow database is busy with.",
    source: "CKV_AWS_353",
    mend: "set performance_insights_enabled to true",
    holds: "production",
    check: each(
      ["aws_db_instance", "aws_rds_cluster_instance"],
      (database) => database.get("performance_insights_enabled") !== true && "does not tell what it is busy with",
    ),
  },
  "database-backups": {
    severity: "high",
    why: "What was deleted last week is missed this week.",
    source: "CKV_AWS_133, RDS.11",
    mend: "set backup_retention_period to 7 or more",
    holds: "production",
    check: each(databases, (database) => {
      const days = database.has("backup_retention_period") ? database.number("backup_retention_period") : 0;
      return days < 7 && `is kept for ${days} days`;
    }),
  },
} satisfies Rules;
