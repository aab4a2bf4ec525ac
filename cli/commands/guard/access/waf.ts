import { isBlockSet, isObject, isUnknown, listOf, textOf, textsOf, valueAt } from "../fields";
import { nameOf, type Plan, type ResourceChange } from "../plan";
import type { Opening } from "./opening";

/** Requests that WAF blocks before the apply, and not after it. */
export function wafOpenings({ resource_changes: changes }: Pick<Plan, "resource_changes">): readonly Opening[] {
  return changes.flatMap((resource) =>
    (wafChanges[resource.type]?.(resource) ?? []).map((what) => ({ name: nameOf(resource), what })),
  );
}

/** What WAF lets through after a change of a type. */
const wafChanges: Readonly<Record<string, (resource: ResourceChange) => readonly string[]>> = {
  aws_wafv2_web_acl: ({ change }) => {
    if (valueAt(change.after_unknown, "rule") === true) return [];
    const rules = (values: unknown) => (isObject(values) ? listOf(values.rule) : []);
    if (!isObject(change.after)) return [];
    const now = new Map(rules(change.after).map((rule) => [textOf(valueAt(rule, "name")), rule]));
    return rules(change.before).flatMap((rule) => {
      const name = textOf(valueAt(rule, "name"));
      const after = now.get(name);
      if (after === undefined) return [`WAF no longer has the rule ${name}`];
      const counted = countedIn(after).filter((each) => !countedIn(rule).includes(each));
      return counted.length > 0 ? [`WAF only counts what ${name} blocked: ${counted.join(", ")}`] : [];
    });
  },
  aws_wafv2_ip_set: (resource) => {
    const { before, after } = resource.change;
    if (isUnknown(resource, "addresses") || !isObject(before) || !isObject(after)) return [];
    const [former, now] = [textsOf(before.addresses), textsOf(after.addresses)];
    const added = now.filter((address) => !former.includes(address));
    const removed = former.filter((address) => !now.includes(address));
    if (resource.address.includes("_allowed_")) return added.map((address) => `WAF allows all requests of ${address}`);
    return resource.address.includes("_blocked_") ? removed.map((address) => `WAF no longer blocks ${address}`) : [];
  },
};

/** The parts of a rule of WAF that count instead of blocking. */
function countedIn(rule: unknown): readonly string[] {
  const group = valueAt(rule, "statement.managed_rule_group_statement");
  const [overrides] = listOf(group).map((each) => (isObject(each) ? listOf(each.rule_action_override) : []));
  return [
    ...(isBlockSet(rule, "action.count") ? ["the rule"] : []),
    ...(isBlockSet(rule, "override_action.count") ? ["the whole group"] : []),
    ...(overrides ?? [])
      .filter((each) => isBlockSet(each, "action_to_use.count"))
      .map((each) => textOf(valueAt(each, "name"))),
  ];
}
