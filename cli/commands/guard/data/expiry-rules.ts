import { canonical, isObject, listOf, parsedJson, textOf, textsOf, valueAt } from "../fields";
import type { Comparison } from "./comparisons";

/** One limit of a set of lifecycle rules: what it counts, to which objects it applies, and the smallest number. */
interface Limit {
  readonly counts: string;
  /** Empty for all objects. */
  readonly scope: string;
  readonly number: number;
}

/**
 * A lifecycle of a bucket that deletes objects or former versions that it kept before.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export const bucketKeepsLess: Comparison = ({ before, after }) => stricter(bucketLimits(before), bucketLimits(after));

/**
 * A lifecycle policy of a repository that deletes images that it kept before.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export const repositoryKeepsLess: Comparison = ({ before, after }) =>
  stricter(repositoryLimits(before), repositoryLimits(after));

/**
 * A backup plan with a rule less, or with one that keeps recovery points for a shorter time.
 * https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html
 */
export const planKeepsLess: Comparison = ({ before, after }) => {
  const kept = new Map(backupRules(after));
  const changes = backupRules(before).flatMap(([name, days]) => {
    const now = kept.get(name);
    if (now === undefined) return [`without the rule ${name}`];
    return now < days ? [`rule ${name} from ${daysText(days)} to ${daysText(now)}`] : [];
  });
  return changes.length === 0 ? undefined : changes.join(", ");
};

function stricter(before: readonly Limit[], after: readonly Limit[]): string | undefined {
  const changes = after.flatMap(({ counts, scope, number }) => {
    const former = before.filter((limit) => limit.counts === counts && (limit.scope === "" || limit.scope === scope));
    const smallest = Math.min(Infinity, ...former.map((limit) => limit.number));
    if (number >= smallest) return [];
    const of = scope === "" ? "" : ` of ${scope}`;
    return [`${counts}${of} from ${smallest === Infinity ? "unlimited" : smallest} to ${number}`];
  });
  return changes.length === 0 ? undefined : changes.join(", ");
}

function bucketLimits(rules: unknown): Limit[] {
  return listOf(rules).flatMap((rule) => {
    if (!isObject(rule) || rule.status !== "Enabled") return [];
    const scope = bucketScope(rule);
    const limit = (counts: string, number: unknown): Limit[] =>
      typeof number === "number" && number > 0 ? [{ counts, scope, number }] : [];
    const date = Date.parse(textOf(valueAt(rule, "expiration.date")));
    return [
      ...limit("days of objects", valueAt(rule, "expiration.days")),
      ...(Number.isNaN(date) ? [] : limit("the expiry date of objects", date)),
      ...limit("days of noncurrent versions", valueAt(rule, "noncurrent_version_expiration.noncurrent_days")),
      ...limit("kept noncurrent versions", valueAt(rule, "noncurrent_version_expiration.newer_noncurrent_versions")),
    ];
  });
}

/** The objects of a rule; a filter without conditions applies to all of them. */
function bucketScope(rule: Readonly<Record<string, unknown>>): string {
  const conditions = Object.entries(filterOf(rule))
    .filter(([, value]) => value !== null && value !== "" && listOf(value).length > 0)
    .map(([key, value]) => (typeof value === "string" ? `${key} ${value}` : `${key} ${canonical(value)}`));
  return conditions.sort().join(" and ");
}

function filterOf({ filter, prefix }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const [first] = listOf(filter);
  return isObject(first) ? first : { prefix };
}

function repositoryLimits(policy: unknown): Limit[] {
  return listOf(valueAt(parsedJson(policy), "rules")).flatMap(repositoryLimit);
}

function repositoryLimit(rule: unknown): Limit[] {
  const number = valueAt(rule, "selection.countNumber");
  if (typeof number !== "number") return [];
  const status = textOf(valueAt(rule, "selection.tagStatus"));
  const tags = isObject(rule) && isObject(rule.selection) ? rule.selection : {};
  const names = [...textsOf(tags.tagPatternList), ...textsOf(tags.tagPrefixList)].sort().join(" ");
  const counts =
    valueAt(rule, "selection.countType") === "imageCountMoreThan" ? "kept images" : "days since images were pushed";
  return [{ counts, scope: status === "any" ? "" : [`${status} images`, names].filter(Boolean).join(" "), number }];
}

function backupRules(rules: unknown): (readonly [name: string, days: number])[] {
  return listOf(rules).map((rule) => {
    const days = valueAt(rule, "lifecycle.delete_after");
    return [textOf(valueAt(rule, "rule_name")), typeof days === "number" && days > 0 ? days : Infinity];
  });
}

const daysText = (days: number) => (days === Infinity ? "unlimited" : `${days} days`);
