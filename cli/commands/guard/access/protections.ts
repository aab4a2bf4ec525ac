import { isRemoved, kindOf } from "../actions";
import { valueAt } from "../fields";
import { nameOf, type Plan, type ResourceChange } from "../plan";
import type { Opening } from "./opening";

type Changes = Pick<Plan, "resource_changes">;

/** Protections that a plan removes from a resource that stays. */
export function removedProtections(plan: Changes): readonly Opening[] {
  return plan.resource_changes.flatMap((resource) =>
    sentencesFor(resource, plan).map((what) => ({ name: nameOf(resource), what })),
  );
}

/** What protects another resource, by the field that names it. */
const protections: Readonly<
  Record<string, { readonly by: string; readonly what: string; readonly types: readonly string[] }>
> = {
  aws_s3_bucket_public_access_block: {
    by: "bucket",
    types: ["aws_s3_bucket"],
    what: "the bucket is no longer protected from public access",
  },
  aws_wafv2_web_acl_association: {
    by: "resource_arn",
    types: ["aws_lb", "aws_api_gateway_stage"],
    what: "requests no longer pass WAF",
  },
};

function sentencesFor(resource: ResourceChange, { resource_changes: changes }: Changes): readonly string[] {
  const protection = protections[resource.type];
  const kind = kindOf(resource);
  if (protection === undefined || !["delete", "delete-first"].includes(kind)) return [];
  const name = valueAt(resource.change.before, protection.by);
  const isOwnerGone = changes.some(
    (other) =>
      protection.types.includes(other.type) &&
      isRemoved(other) &&
      ["arn", "id", "bucket"].some((key) => valueAt(other.change.before, key) === name),
  );
  if (isOwnerGone) return [];
  const { what } = protection;
  return [
    kind === "delete" ? what : `${what} from the deletion of the old ${nameOf(resource)} until the new one exists`,
  ];
}
