import { next, parse } from "aws-cron-parser";
import { z } from "zod";

/** `*` or numbers and ranges, each perhaps with a step, or a list of those. */
const numbers = String.raw`(\*(/\d+)?|\d+(-\d+)?(/\d+)?(,\d+(-\d+)?(/\d+)?)*)`;
const names = "([A-Z]{3}(-[A-Z]{3})?(,[A-Z]{3}(-[A-Z]{3})?)*)";

/** Minutes, hours, day of month, month, day of week, year, as AWS writes each. */
const fields = [
  numbers,
  numbers,
  String.raw`(${numbers}|\?|L|L-\d+|\d+W)`,
  `(${numbers}|${names})`,
  String.raw`(${numbers}|${names}|\?|\d#\d|\dL)`,
  numbers,
].map((field) => new RegExp(`^${field}$`));

const noSchedule =
  'is no schedule; write one such as "cron(0 3 * * ? *)", "cron(0 8 ? * MON-FRI *)" or "rate(5 minutes)"';

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export const cron = z.string(noSchedule).refine(isCron, {
  error:
    'is no cron expression of AWS; write six fields, one of the two days as "?", such as "cron(0 8 ? * MON-FRI *)"',
});

/** `cron(...)` or `rate(...)`, as AWS writes them. */
export const schedule = z.string(noSchedule).refine((text) => isRate(text) || isCron(text), { error: noSchedule });

/** A zone of the IANA database, whose summer time the schedule follows. */
export const timeZone = z.string("is no time zone; write a name").refine(isTimeZone, {
  error: 'is no time zone; write a name of the IANA database, such as "Europe/Berlin"',
});

/** AWS wants the singular for 1, and takes no schedule for a shorter time than a minute. */
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
    // Also refuses what never happens, such as the year before this one.
    return next(parsed, new Date()) !== null && hasDay(parsed);
  } catch {
    return false;
  }
}

/** Whether one of the months has one of the days; the parser takes 31 February for 3 March. */
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
    // Unlike Node, AWS knows capitals from small letters.
    return known === name || known.toLowerCase() !== name.toLowerCase();
  } catch {
    return false;
  }
}
