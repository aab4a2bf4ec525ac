import { isCron } from "./cron";

/** Whether a text is `cron(...)` as AWS defines it. */
export function isCronExpression(expression: string): boolean {
  const [, fields] = /^cron\((.*)\)$/.exec(expression) ?? [];
  return fields !== undefined && isCron(fields);
}

/** Whether a text is `rate(...)` of a rule, whose unit is singular for 1 and else plural. */
export function isRuleRate(expression: string): boolean {
  return /^rate\((1 (minute|hour|day)|(?!1 )[1-9]\d* (minutes|hours|days))\)$/.test(expression);
}

/** Whether a text is `rate(...)` of a schedule, which takes the plural for 1 as well. */
export function isScheduleRate(expression: string): boolean {
  return /^rate\([1-9]\d* (minute|hour|day)s?\)$/.test(expression);
}

/** Whether a text is `at(...)` with a date that exists, for example `at(2026-02-28T12:00:00)`. */
export function isAt(expression: string): boolean {
  const [, date, time] = /^at\((\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)\)$/.exec(expression) ?? [];
  if (date === undefined || time === undefined) return false;
  const instant = new Date(`${date}T${time}Z`);
  // Date moves 30 February to March.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(date);
}

/** Whether a text is a time zone of the IANA database, in its case. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Z]/.test(name)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    // Node resolves a name in any case, and an alias to its target.
    return timeZone === name || timeZone.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
