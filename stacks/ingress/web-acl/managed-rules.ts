import type { Uploads } from "../../../schema/ingress/uploads";
import type { Waf } from "../../../schema/waf";
import type { Rule } from "./rules";
import { isUpload } from "./upload-rules";

/** What AWS calls its groups, and whether a group reads bodies as text. */
const groups = [
  { key: "common", name: "AWSManagedRulesCommonRuleSet", readsBodies: true },
  { key: "knownBadInputs", name: "AWSManagedRulesKnownBadInputsRuleSet", readsBodies: false },
  { key: "sqlInjection", name: "AWSManagedRulesSQLiRuleSet", readsBodies: true },
  { key: "ipReputation", name: "AWSManagedRulesAmazonIpReputationList", readsBodies: false },
] as const;

/** Groups of rules that AWS maintains. https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
export function managedRules(waf: Waf, uploads: Uploads | undefined): Rule[] {
  return groups.flatMap(({ key, name, readsBodies }) => {
    const { mode, countedRules } = waf[key];
    if (mode === "off") return [];
    return {
      name,
      overrideAction: mode === "count" ? { count: {} } : { none: {} },
      statement: {
        managed_rule_group_statement: {
          vendor_name: "AWS",
          name,
          rule_action_override: countedRules.map((rule) => ({ name: rule, action_to_use: { count: {} } })),
          // The bytes of a picture look like an attack sooner or later, and are larger than the group's 8 KB.
          ...(readsBodies &&
            uploads !== undefined && { scope_down_statement: { not_statement: { statement: [isUpload(uploads)] } } }),
        },
      },
    };
  });
}
