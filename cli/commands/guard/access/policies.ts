import { isCreated, isRemoved, kindOf } from "../actions";
import { isChanged, isUnknown, valueAt } from "../fields";
import { nameOf, type Plan, type ResourceChange } from "../plan";
import type { Opening } from "./opening";
import { wideningOf, type Permission, type Widening } from "./policy-document";

type Changes = Pick<Plan, "resource_changes">;

/** A field with a policy document, and the resource whose policy it is, when that is another one. */
interface PolicyField {
  readonly type: string;
  readonly field: string;
  readonly owner?: { readonly type: string; readonly by: string; readonly key: string };
}

const ofBucket = { type: "aws_s3_bucket", by: "bucket", key: "bucket" };
const ofRole = { type: "aws_iam_role", by: "role", key: "name" };

/** Every policy document that is compared. */
export const policyFields: readonly PolicyField[] = [
  { type: "aws_iam_role", field: "assume_role_policy" },
  { type: "aws_iam_policy", field: "policy" },
  { type: "aws_iam_role_policy", field: "policy", owner: ofRole },
  { type: "aws_s3_bucket_policy", field: "policy", owner: ofBucket },
  { type: "aws_sqs_queue_policy", field: "policy", owner: { type: "aws_sqs_queue", by: "queue_url", key: "url" } },
  { type: "aws_sns_topic_policy", field: "policy", owner: { type: "aws_sns_topic", by: "arn", key: "arn" } },
  { type: "aws_kms_key", field: "policy" },
  {
    type: "aws_secretsmanager_secret_policy",
    field: "policy",
    owner: { type: "aws_secretsmanager_secret", by: "secret_arn", key: "arn" },
  },
  {
    type: "aws_ecr_repository_policy",
    field: "policy",
    owner: { type: "aws_ecr_repository", by: "repository", key: "name" },
  },
  { type: "aws_vpc_endpoint", field: "policy" },
  { type: "aws_api_gateway_rest_api", field: "policy" },
  { type: "aws_cloudwatch_log_resource_policy", field: "policy_document" },
];

/** Policies that allow more after the apply than before. */
export function policyOpenings(plan: Changes): readonly Opening[] {
  return compared(plan).flatMap(({ resource, field }) => {
    if (isUnknown(resource, field)) return [];
    const { before, after } = resource.change;
    const widening = wideningOf(valueAt(before, field), valueAt(after, field));
    return widening === undefined ? [] : sentencesOf(widening).map((what) => ({ name: nameOf(resource), what }));
  });
}

/** Changed policies that are known after the apply only, and are not compared. */
export function unknownPolicies(plan: Changes): readonly string[] {
  return compared(plan)
    .filter(({ resource, field }) => isUnknown(resource, field) && isChanged(resource, field))
    .map(({ resource }) => nameOf(resource));
}

/** The policies of resources that exist before and after the apply. */
function compared(plan: Changes) {
  return plan.resource_changes.flatMap((resource) =>
    policyFields
      .filter(({ type, owner }) => type === resource.type && stays(resource, owner, plan))
      .map(({ field }) => ({ resource, field })),
  );
}

function stays(resource: ResourceChange, owner: PolicyField["owner"], { resource_changes: changes }: Changes): boolean {
  const kind = kindOf(resource);
  if (kind === "none" || kind === "forget") return false;
  if (owner === undefined) return kind === "update";
  const name = valueAt(resource.change.before, owner.by) ?? valueAt(resource.change.after, owner.by);
  if (name === undefined) return false;
  return !changes.some(
    (other) =>
      other.type === owner.type &&
      (isCreated(other) || isRemoved(other)) &&
      [valueAt(other.change.before, owner.key), valueAt(other.change.after, owner.key)].includes(name),
  );
}

const shownPermissions = 5;

function sentencesOf({ added, denialsRemoved, negationsAdded }: Widening): readonly string[] {
  const more = added.length - shownPermissions;
  return [
    ...added.slice(0, shownPermissions).map((permission) => `the policy allows ${permissionText(permission)}`),
    ...(more > 0 ? [`the policy allows ${more} more permissions`] : []),
    ...(denialsRemoved > 0 ? [`the policy no longer denies what ${denialsRemoved} of its statements denied`] : []),
    ...(negationsAdded > 0
      ? [`the policy has ${negationsAdded} new statements with NotAction, NotResource or NotPrincipal`]
      : []),
  ];
}

function permissionText({ principal, action, resource, conditions }: Permission): string {
  const to = principal === "" ? "" : principal === "*" ? " to every principal" : ` to ${principal}`;
  const on = resource === "" ? "" : ` on ${resource}`;
  return `${action}${on}${to}${conditions === "" ? "" : ", under conditions"}`;
}
