import { text } from "../wire/json";
import type { ModelledCall } from "./call";
import { roleNameOf } from "./roles";

/**
 * The condition keys of a call that assumes a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-sts
 */
export function stsContext({ input }: ModelledCall): Readonly<Record<string, string | undefined>> {
  return {
    "aws:ResourceAccount": roleNameOf(text(input.RoleArn))?.account,
    "sts:ExternalId": text(input.ExternalId) || undefined,
    "sts:RoleSessionName": text(input.RoleSessionName) || undefined,
    "sts:SourceIdentity": text(input.SourceIdentity) || undefined,
  };
}
