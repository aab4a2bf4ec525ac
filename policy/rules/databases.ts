import { each, type Rules } from "../rule";
import type { Values } from "../values";

const databases = ["aws_db_instance", "aws_rds_cluster"];

/** Postgres on RDS: what anybody may reach, read or delete. */
export const databaseRules = {
  "database-encrypted": {
    severity: "high",
    why: "Storage and snapshots outlive the database.",
    source: "CKV_AWS_16, CKV_AWS_96, RDS.3",
    mend: "set storage_encrypted to true",
    check: each(databases, (database) => database.get("storage_encrypted") !== true && "is stored in clear text"),
  },
  "database-private": {
    severity: "high",
    why: "A database answers its services, and nobody else.",
    source: "CKV_AWS_17, RDS.2",
    mend: "set publicly_accessible to false",
    check: each(
      ["aws_db_instance", "aws_rds_cluster_instance"],
      (database) => database.has("publicly_accessible") && "has an address on the internet",
    ),
  },
  "database-tls": {
    severity: "high",
    why: "Postgres takes clear text from whoever does not ask for TLS.",
    source: "CKV2_AWS_69",
    mend: "set the parameter rds.force_ssl to 1",
    check: each(["aws_db_parameter_group", "aws_rds_cluster_parameter_group"], (group) => {
      if (!group.text("family").includes("postgres")) return false;
      const forced = group.blocks("parameter").find((parameter) => parameter.get("name") === "rds.force_ssl");
      return String(forced?.get("value")) !== "1" && "lets callers do without TLS";
    }),
  },
  "database-parameters": {
    severity: "medium",
    why: "AWS's default parameters cannot be changed, so nothing can ask for TLS.",
    source: "CKV2_AWS_69",
    mend: "name a parameter group of the stack",
    check: each("aws_db_instance", (database, stack) => {
      const own = stack.targets(database, "parameter_group_name", "aws_db_parameter_group").length > 0;
      return !own && "has AWS's default parameters";
    }),
  },
  "database-identity": {
    severity: "medium",
    why: "A token of IAM lasts for 15 minutes, a password until somebody changes it.",
    source: "CKV_AWS_161, CKV_AWS_162, RDS.10",
    mend: "set iam_database_authentication_enabled to true",
    check: each(
      databases,
      (database) => database.get("iam_database_authentication_enabled") !== true && "knows passwords only",
    ),
  },
  "database-password": {
    severity: "high",
    why: "A password that Terraform knows is in its state; one that AWS manages is changed by itself.",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
    mend: "set manage_master_user_password to true, and no password",
    check: each(databases, (database) => {
      if (database.has("replicate_source_db")) return false;
      const managed = database.get("manage_master_user_password") === true && !database.has("password");
      return !managed && !database.has("password_wo") && "has a password that Terraform knows";
    }),
  },
  "database-admin": {
    severity: "low",
    why: "A name that everybody knows is half of what they need.",
    source: "RDS.24, RDS.25",
    mend: "write a name of your own as username",
    check: each(databases, (database) => {
      const name = database.text(database.type === "aws_db_instance" ? "username" : "master_username");
      return ["postgres", "admin", "root", "rdsadmin"].includes(name) && `has "${name}" as its administrator`;
    }),
  },
  "database-final-snapshot": {
    severity: "medium",
    why: "Terraform plans to keep a last snapshot without a name, and cannot destroy the database then.",
    source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance",
    mend: "write final_snapshot_identifier",
    check: each(databases, (database) => snapshotNameless(database) && "keeps a last snapshot that has no name"),
  },
} satisfies Rules;

function snapshotNameless(database: Values): boolean {
  return database.get("skip_final_snapshot") !== true && !database.has("final_snapshot_identifier");
}
