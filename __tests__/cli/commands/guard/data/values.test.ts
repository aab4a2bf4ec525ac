import { valueChangesOf } from "../../../../../cli/commands/guard/data/value-changes";
import { valueEntries } from "../../../../../cli/commands/guard/data/values";
import { created, deleted, deleteFirst, planWith, unchanged, updated, type Change } from "../plan-of";

type Values = Readonly<Record<string, unknown>>;

/** Values before and after that lose data, and the words of the report. */
type Sample = readonly [before: Values, after: Values, words: string];

const rule = (fields: Values) => ({ rule: [{ id: "tidy", status: "Enabled", filter: [{ prefix: "" }], ...fields }] });
const expiry = (days: number) => rule({ expiration: [{ days, date: null, expired_object_delete_marker: false }] });
const images = (countNumber: number) => ({
  policy: JSON.stringify({
    rules: [{ rulePriority: 1, selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber } }],
  }),
});
const backups = (days: number | null) => ({ rule: [{ rule_name: "daily", lifecycle: [{ delete_after: days }] }] });
const [on, off] = [true, false];

const samples: Readonly<Record<string, Sample>> = {
  "aws_db_instance backup_retention_period": [
    { backup_retention_period: 14 },
    { backup_retention_period: 0 },
    "changes backup_retention_period from 14 to 0",
  ],
  "aws_rds_cluster backup_retention_period": [
    { backup_retention_period: 14 },
    { backup_retention_period: 1 },
    "changes backup_retention_period from 14 to 1",
  ],
  "aws_dynamodb_table point_in_time_recovery.enabled": [
    { point_in_time_recovery: [{ enabled: on }] },
    { point_in_time_recovery: [{ enabled: off }] },
    "changes point_in_time_recovery.enabled from true to false",
  ],
  "aws_dynamodb_table point_in_time_recovery.recovery_period_in_days": [
    { point_in_time_recovery: [{ enabled: on, recovery_period_in_days: 35 }] },
    { point_in_time_recovery: [{ enabled: on, recovery_period_in_days: 7 }] },
    "recovery_period_in_days from 35 to 7",
  ],
  "aws_dynamodb_table ttl.enabled": [
    { ttl: [] },
    { ttl: [{ attribute_name: "expires", enabled: on }] },
    "changes ttl.enabled from nothing to true",
  ],
  "aws_dynamodb_table ttl.attribute_name": [
    { ttl: [{ attribute_name: "expires", enabled: on }] },
    { ttl: [{ attribute_name: "created", enabled: on }] },
    "changes ttl.attribute_name from expires to created",
  ],
  "aws_cloudwatch_log_group retention_in_days": [
    { retention_in_days: 365 },
    { retention_in_days: 1 },
    "changes retention_in_days from 365 to 1",
  ],
  "aws_sqs_queue message_retention_seconds": [
    { message_retention_seconds: 1209600 },
    { message_retention_seconds: 60 },
    "from 1209600 to 60",
  ],
  "aws_elasticache_cluster snapshot_retention_limit": [
    { snapshot_retention_limit: 7 },
    { snapshot_retention_limit: 0 },
    "from 7 to 0",
  ],
  "aws_elasticache_replication_group snapshot_retention_limit": [
    { snapshot_retention_limit: 7 },
    { snapshot_retention_limit: 1 },
    "from 7 to 1",
  ],
  "aws_elasticache_serverless_cache snapshot_retention_limit": [
    { snapshot_retention_limit: 7 },
    { snapshot_retention_limit: 1 },
    "from 7 to 1",
  ],
  "aws_s3_bucket_lifecycle_configuration rule": [
    { bucket: "shop", ...expiry(365) },
    { bucket: "shop", ...expiry(30) },
    "days of objects from 365 to 30",
  ],
  "aws_s3_bucket_versioning versioning_configuration.status": [
    { bucket: "shop", versioning_configuration: [{ status: "Enabled" }] },
    { bucket: "shop", versioning_configuration: [{ status: "Suspended" }] },
    "from Enabled to Suspended",
  ],
  "aws_ecr_lifecycle_policy policy": [
    { repository: "shop", ...images(50) },
    { repository: "shop", ...images(1) },
    "changes policy: kept images from 50 to 1",
  ],
  "aws_efs_backup_policy backup_policy.status": [
    { file_system_id: "fs-1", backup_policy: [{ status: "ENABLED" }] },
    { file_system_id: "fs-1", backup_policy: [{ status: "DISABLED" }] },
    "from ENABLED to DISABLED",
  ],
  "aws_backup_plan rule": [backups(35), backups(7), "rule daily from 35 days to 7 days"],
  "aws_backup_selection resources": [
    { resources: ["arn:table", "arn:bucket"] },
    { resources: ["arn:table"] },
    "changes resources: without arn:bucket",
  ],
  "aws_backup_vault_lock_configuration backup_vault_name": [{ backup_vault_name: "shop" }, {}, "from shop to nothing"],
  "aws_backup_vault_lock_configuration min_retention_days": [
    { backup_vault_name: "shop", min_retention_days: 30 },
    { backup_vault_name: "shop", min_retention_days: 7 },
    "from 30 to 7",
  ],
  "aws_db_instance deletion_protection": [
    { deletion_protection: on },
    { deletion_protection: off },
    "from true to false",
  ],
  "aws_rds_cluster deletion_protection": [
    { deletion_protection: on },
    { deletion_protection: off },
    "from true to false",
  ],
  "aws_dynamodb_table deletion_protection_enabled": [
    { deletion_protection_enabled: on },
    { deletion_protection_enabled: off },
    "from true to false",
  ],
  "aws_cognito_user_pool deletion_protection": [
    { deletion_protection: "ACTIVE" },
    { deletion_protection: "INACTIVE" },
    "from ACTIVE to INACTIVE",
  ],
  "aws_lb enable_deletion_protection": [
    { enable_deletion_protection: on },
    { enable_deletion_protection: off },
    "from true to false",
  ],
  "aws_db_instance skip_final_snapshot": [
    { skip_final_snapshot: off },
    { skip_final_snapshot: on },
    "from false to true",
  ],
  "aws_rds_cluster skip_final_snapshot": [
    { skip_final_snapshot: off },
    { skip_final_snapshot: on },
    "from false to true",
  ],
  "aws_db_instance delete_automated_backups": [
    { delete_automated_backups: off },
    { delete_automated_backups: on },
    "from false to true",
  ],
  "aws_rds_cluster delete_automated_backups": [
    { delete_automated_backups: off },
    { delete_automated_backups: on },
    "from false to true",
  ],
  "aws_secretsmanager_secret recovery_window_in_days": [
    { recovery_window_in_days: 30 },
    { recovery_window_in_days: 0 },
    "from 30 to 0",
  ],
  "aws_kms_key deletion_window_in_days": [
    { deletion_window_in_days: 30 },
    { deletion_window_in_days: 7 },
    "from 30 to 7",
  ],
  "aws_s3_bucket force_destroy": [{ force_destroy: off }, { force_destroy: on }, "from false to true"],
  "aws_ecr_repository force_delete": [{ force_delete: off }, { force_delete: on }, "from false to true"],
  "aws_backup_vault force_destroy": [{ force_destroy: off }, { force_destroy: on }, "from false to true"],
};

const nameOf = ({ type, field }: (typeof valueEntries)[number]) => `${type} ${field}`;

/** The losses, and the protections that are removed, in words. */
function changes(all: Readonly<Record<string, Change>>) {
  const { losses, protections } = valueChangesOf(planWith(all));
  const words = (list: typeof losses) => list.map(({ address, effect }) => `${address} ${effect}`);
  return { losses: words(losses), protections: words(protections) };
}

const lossesOf = (all: Readonly<Record<string, Change>>) => changes(all).losses;

describe("a changed value", () => {
  it("has a sample of each field that is compared", () => {
    expect(Object.keys(samples).toSorted()).toEqual(valueEntries.map(nameOf).toSorted());
  });

  it.each(valueEntries.map((entry) => [nameOf(entry), entry.consequence] as const))("%s is %s", (name, consequence) => {
    const [before, after, words] = samples[name] ?? [{}, {}, ""];
    const address = `${name.split(" ")[0] ?? ""}.one`;
    const { losses, protections } = changes({ [address]: updated(before, after) });
    expect(consequence === "refused" ? losses : protections).toEqual([expect.stringContaining(words)]);
    expect(consequence === "refused" ? protections : losses).toEqual([]);
  });

  it.each(Object.entries(samples))("%s loses nothing the other way round", (name, [before, after]) => {
    const address = `${name.split(" ")[0] ?? ""}.one`;
    const { losses, protections } = changes({ [address]: updated(after, before) });
    // The attribute of a TTL has no direction.
    expect([...losses, ...protections]).toHaveLength(name.endsWith("ttl.attribute_name") ? 1 : 0);
  });

  it.each(Object.entries(samples))(
    "%s is not a loss while it is known after the apply only",
    (name, [before, after]) => {
      const address = `${name.split(" ")[0] ?? ""}.one`;
      const unknown = Object.fromEntries(Object.keys({ ...before, ...after }).map((field) => [field, true]));
      expect(changes({ [address]: updated(before, {}, unknown) })).toEqual({ losses: [], protections: [] });
    },
  );

  it.each([
    [
      "aws_backup_plan.one",
      backups(35),
      backups(7),
      { lifecycle: [{ opt_in_to_archive_for_supported_resources: true }] },
    ],
    ["aws_s3_bucket_lifecycle_configuration.one", expiry(365), expiry(30), { expiration: [{ date: true }] }],
  ])("is compared beside parts of a rule that the provider computes: %s", (address, before, after, unknown) => {
    expect(lossesOf({ [address]: updated(before, after, { rule: [unknown] }) })).toHaveLength(1);
  });

  it("is not a loss while a part of a list is known after the apply only", () => {
    const change = updated({ resources: ["arn:a", "arn:b"] }, { resources: ["arn:a"] }, { resources: [false, true] });
    expect(lossesOf({ "aws_backup_selection.one": change })).toEqual([]);
  });

  it("is not reported for a database that is deleted, which is a loss of more", () => {
    expect(lossesOf({ "aws_db_instance.one": deleteFirst({ backup_retention_period: 14 }, {}) })).toEqual([]);
  });
});

describe("the retention of logs", () => {
  it("is reduced when logs were kept forever, which AWS writes as 0", () => {
    const change = updated({ retention_in_days: 0 }, { retention_in_days: 365 });
    expect(lossesOf({ "aws_cloudwatch_log_group.one": change })).toEqual([
      expect.stringContaining("from unlimited to 365"),
    ]);
  });

  it("is not reduced when logs are kept forever from now on", () => {
    expect(
      lossesOf({ "aws_cloudwatch_log_group.one": updated({ retention_in_days: 365 }, { retention_in_days: 0 }) }),
    ).toEqual([]);
  });
});

describe("the lifecycle of a bucket", () => {
  const address = "aws_s3_bucket_lifecycle_configuration.data_uploads";
  const lifecycle = (before: Values, after: Values) =>
    lossesOf({ [address]: updated({ bucket: "shop", ...before }, { bucket: "shop", ...after }) });

  it("deletes objects by a new rule", () => {
    expect(lifecycle({ rule: [] }, expiry(30))).toEqual([
      expect.stringContaining("days of objects from unlimited to 30"),
    ]);
  });

  it("deletes objects by a rule that is enabled", () => {
    const disabled = { rule: [{ ...expiry(30).rule[0], status: "Disabled" }] };
    expect(lifecycle(disabled, expiry(30))).toHaveLength(1);
  });

  it.each([
    ["noncurrent_days", "days of noncurrent versions from 30 to 1"],
    ["newer_noncurrent_versions", "kept noncurrent versions from 30 to 1"],
  ])("deletes former versions earlier by %s", (field, words) => {
    const versions = (number: number) => rule({ noncurrent_version_expiration: [{ [field]: number }] });
    expect(lifecycle(versions(30), versions(1))).toEqual([expect.stringContaining(words)]);
  });

  it("deletes nothing more by a rule with another name and the same limit", () => {
    expect(lifecycle(expiry(30), { rule: [{ ...expiry(30).rule[0], id: "cleanup" }] })).toEqual([]);
  });

  it("deletes nothing more by a rule for a part of the objects, when all were deleted as early", () => {
    const part = { rule: [{ ...expiry(30).rule[0], filter: [{ prefix: "logs/" }] }] };
    expect(lifecycle(expiry(30), part)).toEqual([]);
  });

  it("deletes more by a rule for all objects, when a part was deleted before", () => {
    const part = { rule: [{ ...expiry(30).rule[0], filter: [{ prefix: "logs/" }] }] };
    expect(lifecycle(part, expiry(30))).toHaveLength(1);
  });

  it("deletes objects when it is created for a bucket that exists", () => {
    const change = created({ bucket: "shop", ...expiry(30) });
    expect(lossesOf({ [address]: change, "aws_s3_bucket.data_uploads": unchanged({ bucket: "shop" }) })).toHaveLength(
      1,
    );
  });

  it("deletes nothing when it is created with its bucket", () => {
    const settings = created(expiry(30), { bucket: true });
    expect(lossesOf({ [address]: settings })).toEqual([]);
    const named = created({ bucket: "shop", ...expiry(30) });
    expect(lossesOf({ [address]: named, "aws_s3_bucket.data_uploads": created({ bucket: "shop" }) })).toEqual([]);
  });

  it("deletes nothing when it is removed", () => {
    expect(lossesOf({ [address]: deleted({ bucket: "shop", ...expiry(30) }) })).toEqual([]);
  });
});

describe("the lifecycle of a repository", () => {
  const address = "aws_ecr_lifecycle_policy.services_orders_repository";

  it("deletes images by a new policy", () => {
    expect(lossesOf({ [address]: created({ repository: "shop", ...images(1) }) })).toHaveLength(1);
  });

  it("deletes nothing by the policy of a new repository", () => {
    const repository = created({ name: "shop" });
    const policy = created({ repository: "shop", ...images(1) });
    expect(lossesOf({ [address]: policy, "aws_ecr_repository.services_orders": repository })).toEqual([]);
  });
});

describe("a setting that is deleted", () => {
  const versioning = deleted({ bucket: "shop", versioning_configuration: [{ status: "Enabled" }] });

  it("suspends the versioning of a bucket that stays", () => {
    expect(lossesOf({ "aws_s3_bucket_versioning.one": versioning })).toEqual([
      expect.stringContaining("is deleted, which changes versioning_configuration.status from Enabled to nothing"),
    ]);
  });

  it("is part of the deletion of its bucket", () => {
    const bucket = deleted({ bucket: "shop" });
    expect(lossesOf({ "aws_s3_bucket_versioning.one": versioning, "aws_s3_bucket.one": bucket })).toEqual([]);
  });

  it.each([
    ["aws_backup_plan.one", backups(35), "without the rule daily"],
    ["aws_backup_selection.one", { resources: ["arn:table"] }, "without arn:table"],
    ["aws_backup_vault_lock_configuration.one", { backup_vault_name: "shop" }, "from shop to nothing"],
    ["aws_efs_backup_policy.one", { file_system_id: "fs-1", backup_policy: [{ status: "ENABLED" }] }, "from ENABLED"],
  ])("ends what it did: %s", (address, before, words) => {
    expect(lossesOf({ [address]: deleted(before) })).toEqual([expect.stringContaining(words)]);
  });

  it("loses recovery points that were kept without end when its rule has an end", () => {
    expect(lossesOf({ "aws_backup_plan.one": updated(backups(null), backups(35)) })).toEqual([
      expect.stringContaining("rule daily from unlimited to 35 days"),
    ]);
  });
});
