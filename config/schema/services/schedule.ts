import { next, parse } from "aws-cron-parser";
import { z } from "zod";

/** Minutes, hours, day of month, month, day of week, year, in the characters that AWS takes for each. */
const fields = [
  /^[\d,*/-]+$/,
  /^[\d,*/-]+$/,
  /^([\d,*/-]+|\?|L|L-\d+|LW|\d+W)$/,
  /^([\d,*/-]+|[A-Z,-]+)$/,
  /^([\d,*/-]+|[A-Z,-]+|\?|L|\d#\d|\dL)$/,
  /^[\d,*/-]+$/,
];

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
    // Also refuses what never happens, such as the year before this one.
    return next(parse(expression), new Date()) !== null;
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  if (!/^[A-Z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
