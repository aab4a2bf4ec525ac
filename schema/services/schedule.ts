import { next, parse } from "aws-cron-parser";
import { z } from "zod";

/** `*`, numbers and ranges with optional steps, or a list of those. */
const numbers = String.raw`(\*(/\d+)?|\d+(-\d+)?(/\d+)?(,\d+(-\d+)?(/\d+)?)*)`;
const names = "([A-Z]{3}(-[A-Z]{3})?(,[A-Z]{3}(-[A-Z]{3})?)*)";

/** Patterns of minutes, hours, day of month, month, day of week and year. */
const fields = [
  numbers,
  numbers,
  String.raw`(${numbers}|\?|L|L-\d+|\d+W)`,
  `(${numbers}|${names})`,
  String.raw`(${numbers}|${names}|\?|\d#\d|\dL)`,
  numbers,
].map((field) => new RegExp(`^${field}$`));

const invalidSchedule =
  'must be a schedule; write one such as "cron(0 3 * * ? *)", "cron(0 8 ? * MON-FRI *)" or "rate(5 minutes)"';

/** A cron expression of AWS. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export const cron = z.string(invalidSchedule).refine(isCron, {
  error:
    'must be a cron expression of AWS; write six fields, one of the two days as "?", such as "cron(0 8 ? * MON-FRI *)"',
});

/** A schedule of AWS: `cron(...)` or `rate(...)`. */
export const schedule = z
  .string(invalidSchedule)
  .refine((text) => isRate(text) || isCron(text), { error: invalidSchedule });

/** A time zone of the IANA database. */
export const timeZone = z.string("must be a time zone; write a name").refine(isTimeZone, {
  error: 'must be a time zone; write a name of the IANA database, such as "Europe/Berlin"',
});

/** AWS requires the singular unit for 1, and at least one minute. */
function isRate(text: string): boolean {
  return /^rate\((1 (minute|hour|day)|([2-9]|[1-9]\d+) (minutes|hours|days))\)$/.test(text);
}

function isCron(text: string): boolean {
  const [, expression = ""] = /^cron\((.*)\)$/.exec(text) ?? [];
  const parts = expression.split(" ");
  if (parts.length !== fields.length || !fields.every((field, index) => field.test(parts[index] ?? ""))) return false;
  if ((parts[2] === "?") === (parts[4] === "?")) return false;
  try {
    const parsed = parse(expression);
    // Also excludes schedules without a future date.
    return next(parsed, new Date()) !== null && hasDay(parsed);
  } catch {
    return false;
  }
}

/** Whether a day exists in one of the months; the parser treats 31 February as 3 March. */
function hasDay({ daysOfMonth, months, years }: ReturnType<typeof parse>): boolean {
  const days = daysOfMonth.map(Number);
  if (days.length === 0 || days.some(Number.isNaN)) return true;
  const first = Math.min(...days);
  return years.some((year) =>
    months.some((month) => first <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()),
  );
}

function isTimeZone(name: string): boolean {
  if (!/^[A-Z]/.test(name)) return false;
  try {
    const { timeZone: known } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    // AWS compares names case-sensitively, Node does not.
    return known === name || known.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
