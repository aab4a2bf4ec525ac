import { deletionsOf } from "../../../../../cli/commands/guard/data/deletions";
import type { ResourceChange } from "../../../../../cli/commands/guard/plan";

type Actions = ResourceChange["change"]["actions"];

/** The losses of a plan with these actions for one resource. */
function losses(type: string, actions: Actions, fields: Partial<ResourceChange> = {}) {
  const change = { actions, replace_paths: [] };
  return deletionsOf({ resource_changes: [{ address: `${type}.one`, type, change, ...fields }] });
}

describe("a loss is detected for", () => {
  it.each([
    "aws_db_instance",
    "aws_rds_cluster",
    "aws_dynamodb_table",
    "aws_elasticache_cluster",
    "aws_elasticache_replication_group",
    "aws_elasticache_serverless_cache",
    "aws_s3_bucket",
    "aws_efs_file_system",
    "aws_sqs_queue",
    "aws_cognito_user_pool",
    "aws_kms_key",
    "aws_secretsmanager_secret",
    "aws_ssm_parameter",
    "aws_ecr_repository",
    "aws_cloudwatch_log_group",
    "aws_backup_vault",
  ])("%s", (type) => {
    expect(losses(type, ["delete"])).toHaveLength(1);
  });
});

describe("no loss is detected for a resource that Terraform can create again:", () => {
  it.each([
    "aws_rds_cluster_instance",
    "aws_secretsmanager_secret_version",
    "aws_kms_alias",
    "aws_db_subnet_group",
    "aws_ecs_service",
    "aws_cognito_user_pool_client",
    "terraform_data",
  ])("%s", (type) => {
    expect(losses(type, ["delete", "create"])).toEqual([]);
  });
});

describe("data is lost when its resource", () => {
  it.each<[string, Actions]>([
    ["is deleted", ["delete"]],
    ["is replaced by a new one", ["delete", "create"]],
    ["is replaced by a new one", ["create", "delete"]],
    ["is removed from the state and no longer managed", ["forget"]],
    ["is removed from the state and replaced by a new one", ["create", "forget"]],
  ])("%s: %j", (effect, actions) => {
    expect(losses("aws_s3_bucket", actions)).toMatchObject([{ effect }]);
  });
});

describe("no data is lost by the actions", () => {
  it.each<[Actions]>([[["no-op"]], [["create"]], [["read"]], [["update"]]])("%j", (actions) => {
    expect(losses("aws_s3_bucket", actions)).toEqual([]);
  });
});

describe("the cause of a loss", () => {
  beforeEach(() => {
    delete process.env.TERRAFORM_BINARY_NAME;
  });

  it("is the fields that cannot change in place", () => {
    const change = { actions: ["delete", "create"] satisfies Actions, replace_paths: [["bucket"], ["rule", 0, "id"]] };
    expect(losses("aws_s3_bucket", [], { change })).toMatchObject([
      { cause: "cannot change bucket, rule.0.id in place" },
    ]);
  });

  it.each([
    ["replace_because_tainted", /terraform untaint/],
    ["replace_by_request", /-replace/],
    ["replace_by_triggers", /replace_triggered_by/],
    ["delete_because_no_resource_config", /no longer in the stack/],
    ["delete_because_each_key", /no longer has a key in for_each/],
    [undefined, /terraform destroy/],
    ["a_reason_of_later_releases", /terraform destroy/],
  ])("is derived from action_reason %s", (action_reason, cause) => {
    expect(losses("aws_s3_bucket", ["delete"], { action_reason })[0]?.cause).toMatch(cause);
  });

  it("names the program of TERRAFORM_BINARY_NAME", () => {
    process.env.TERRAFORM_BINARY_NAME = "tools/bin/tofu";
    const cause = (action_reason?: string) => losses("aws_s3_bucket", ["delete"], { action_reason })[0]?.cause;
    expect(cause("replace_because_tainted")).toBe("is tainted: tofu untaint keeps it");
    expect(cause()).toBe("is planned for destruction (tofu destroy?)");
  });
});
