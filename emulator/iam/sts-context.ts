import { text } from "../wire/json";
import type { ModelledCall, Requirement } from "./call";
import { tagsIn } from "./input";
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
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
    ...(text(input.SerialNumber) !== "" && { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "0" }),
  };
}

/**
 * The permissions that a call which assumes a role needs for what it passes to the session. The role must grant them, too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 */
export function sessionRequirements(call: ModelledCall): Requirement[] {
  const { model, operation, input } = call;
  if (model !== "sts" || operation !== "AssumeRole") return [];
  const needed = { resources: [text(input.RoleArn)], context: stsContext(call) };
  return [
    ...(Object.keys(tagsIn(input)).length > 0 ? [{ action: "sts:TagSession", ...needed }] : []),
    ...(text(input.SourceIdentity) !== "" ? [{ action: "sts:SetSourceIdentity", ...needed }] : []),
  ];
}
