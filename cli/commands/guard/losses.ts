import { programNameIn } from "../../lib/terraform-program";
import { nameOf, type Plan, type ResourceChange } from "./plan";

/** A resource with data that a plan removes. */
export interface Loss {
  readonly address: string;
  /** The address, with the key of a deposed object. */
  readonly name: string;
  /** What happens to the resource, such as `is deleted`. */
  readonly effect: string;
  /** Why it happens; continues the sentence after "as it". */
  readonly cause: string;
  /** What the resource holds. */
  readonly data: string;
}

/**
 * What Terraform cannot create again, by the type of resource that holds it. Types without data of their own are left
 * out: an instance of an Aurora cluster, a version of a secret, the subnet group of a cache.
 */
export const dataHolders: Readonly<Record<string, string>> = {
  aws_db_instance: "the rows of a database, and its automated backups",
  aws_rds_cluster: "the rows of a database, and its automated backups",
  aws_dynamodb_table: "the items of a table, and its point-in-time recovery",
  // A cache may be the only place of sessions and counters.
  aws_elasticache_cluster: "the entries of a cache",
  aws_elasticache_replication_group: "the entries of a cache",
  aws_elasticache_serverless_cache: "the entries of a cache",
  aws_s3_bucket: "the objects of a bucket, and its name, which another account may take",
  aws_efs_file_system: "the files of a file system",
  aws_sqs_queue: "messages that have not been received",
  aws_cognito_user_pool: "users and their passwords, which cannot be exported",
  aws_kms_key: "the key, without which encrypted data cannot be read",
  // Values that were set manually or by rotation are not in a stage file.
  aws_secretsmanager_secret: "the value of a secret",
  aws_ssm_parameter: "the value of a parameter, which may have been set manually",
  aws_ecr_repository: "images, without which no task starts and no release can be rolled back",
  // Audits and retention rules may require logs.
  aws_cloudwatch_log_group: "logs",
  aws_backup_vault: "recovery points",
};

/** The resources with data that a plan deletes, replaces or removes from the state. */
export function lossesOf(plan: Pick<Plan, "resource_changes">): readonly Loss[] {
  return plan.resource_changes.flatMap((resource): Loss[] => {
    const data = dataHolders[resource.type];
    const effect = effectOf(resource.change.actions);
    if (data === undefined || effect === undefined) return [];
    return [{ address: resource.address, name: nameOf(resource), effect, cause: causeOf(resource), data }];
  });
}

function effectOf(actions: ResourceChange["change"]["actions"]): string | undefined {
  const isReplaced = actions.includes("create");
  if (actions.includes("delete")) return isReplaced ? "is replaced by a new one" : "is deleted";
  if (!actions.includes("forget")) return undefined;
  return isReplaced
    ? "is removed from the state and replaced by a new one"
    : "is removed from the state and no longer managed";
}

const causes: Readonly<Record<string, string>> = {
  replace_by_request: "was named by -replace",
  replace_by_triggers: "has a changed replace_triggered_by reference",
  delete_because_no_resource_config: "is no longer in the stack",
  delete_because_no_module: "is no longer in the stack",
  delete_because_no_move_target: "was moved to an address that is not in the stack",
  delete_because_wrong_repetition: "has another count or for_each",
  delete_because_count_index: "has a smaller count",
  delete_because_each_key: "no longer has a key in for_each",
};

/** https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
function causeOf({ deposed, action_reason = "", change }: ResourceChange): string {
  if (deposed !== undefined) return "remained after an unfinished replacement";
  const fields = change.replace_paths.map((path) => path.join(".")).join(", ");
  if (fields !== "") return `cannot change ${fields} in place`;
  if (action_reason === "replace_because_tainted") return `is tainted: ${programNameIn(process.env)} untaint keeps it`;
  return causes[action_reason] ?? `is planned for destruction (${programNameIn(process.env)} destroy?)`;
}
