import { kindOf } from "../actions";
import { isBlockSet, isObject, isUnknown, valueAt } from "../fields";
import { nameOf, type Plan, type ResourceChange } from "../plan";
import type { Opening } from "./opening";

/** A setting whose change opens access. */
interface AccessSetting {
  readonly type: string;
  readonly field: string;
  /** The value that opens access; any other one does not. */
  readonly open: unknown;
  readonly what: string;
}

/** Every setting that is compared. */
export const accessSettings: readonly AccessSetting[] = [
  { type: "aws_db_instance", field: "publicly_accessible", open: true, what: "the database gets a public address" },
  {
    type: "aws_rds_cluster_instance",
    field: "publicly_accessible",
    open: true,
    what: "the database gets a public address",
  },
  {
    type: "aws_instance",
    field: "associate_public_ip_address",
    open: true,
    what: "the instance gets a public address",
  },
  {
    type: "aws_ecs_service",
    field: "network_configuration.assign_public_ip",
    open: true,
    what: "tasks of the service get public addresses",
  },
  {
    type: "aws_ecs_service",
    field: "enable_execute_command",
    open: true,
    what: "operators can run commands in containers (ECS Exec)",
  },
  {
    type: "aws_cognito_user_pool",
    field: "admin_create_user_config.allow_admin_create_user_only",
    open: false,
    what: "anyone can register as a user of the pool",
  },
  { type: "aws_wafv2_web_acl", field: "default_action.allow", open: "set", what: "WAF allows what no rule matches" },
  ...["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"].map((field) => ({
    type: "aws_s3_bucket_public_access_block",
    field,
    open: false,
    what: `the bucket is less protected from public access: ${field} is turned off`,
  })),
];

/** Settings that open access after the apply, and did not before. */
export function settingOpenings({ resource_changes: changes }: Pick<Plan, "resource_changes">): readonly Opening[] {
  return changes.flatMap((resource) => changedSettings(resource).map((what) => ({ name: nameOf(resource), what })));
}

function changedSettings(resource: ResourceChange): readonly string[] {
  const { type, change } = resource;
  if (kindOf(resource) === "none" || !isObject(change.before) || !isObject(change.after)) return [];
  const value = (values: unknown, field: string, open: unknown) =>
    open === "set" ? (isBlockSet(values, field) ? "set" : undefined) : valueAt(values, field);
  return accessSettings
    .filter(({ type: of, field, open }) => {
      if (of !== type || isUnknown(resource, field)) return false;
      return value(change.before, field, open) !== open && value(change.after, field, open) === open;
    })
    .map(({ what }) => what);
}
