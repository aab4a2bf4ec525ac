import { z } from "zod";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const minutesOfDay = 24 * 60;
const minutesOfWeek = days.length * minutesOfDay;

const time = "(?:[01]\\d|2[0-3]):[0-5]\\d";
const day = days.join("|");

/** A daily time window in UTC, such as `03:00-04:00`. */
export const dailyWindow = (minimumMinutes: number) =>
  window(new RegExp(`^${time}-${time}$`), 'must be a daily time window; write one in UTC such as "03:00-04:00"').refine(
    (value) => lengthOf(value) >= minimumMinutes,
    `is too short; write a window of ${minimumMinutes} minutes or more`,
  );

/** A weekly time window in UTC, such as `sun:05:00-sun:06:00`. */
export const weeklyWindow = (minimumMinutes: number) =>
  window(
    new RegExp(`^(?:${day}):${time}-(?:${day}):${time}$`),
    'must be a weekly time window; write one in UTC such as "sun:05:00-sun:06:00"',
  ).refine((value) => {
    const length = lengthOf(value);
    return length >= minimumMinutes && length <= minutesOfDay;
  }, `is too short or too long; write a window of ${minimumMinutes} minutes to 24 hours`);

function window(pattern: RegExp, error: string) {
  return z.string(error).regex(pattern, { error, abort: true });
}

/** AWS requires the backup window and the maintenance window not to overlap. https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html#USER_WorkingWithAutomatedBackups.BackupWindow */
function windowsApart(backup: string, maintenance: string): boolean {
  return days.every((name) => {
    const [from = "", to = ""] = backup.split("-");
    const daily = { start: minuteOf(`${name}:${from}`), length: lengthOf(`${from}-${to}`) };
    const weekly = { start: minuteOf(maintenance.split("-")[0] ?? ""), length: lengthOf(maintenance) };
    return after(daily.start, weekly.start) >= daily.length && after(weekly.start, daily.start) >= weekly.length;
  });
}

/** Reports a backup window that overlaps the maintenance window. Windows with a problem of their own are skipped. */
export function refuseOverlap(
  { backup, maintenance }: { readonly backup: string; readonly maintenance: string },
  field: string,
  context: z.core.$RefinementCtx,
): void {
  const readable = dailyWindow(0).safeParse(backup).success && weeklyWindow(0).safeParse(maintenance).success;
  if (!readable || windowsApart(backup, maintenance)) return;
  const message = `must not overlap the maintenance window ${maintenance}; write another time`;
  context.addIssue({ code: "custom", path: [field], input: backup, message });
}

/** Length of a window in minutes; its end may be after midnight or after Sunday. */
function lengthOf(window: string): number {
  const [from = "", to = ""] = window.split("-");
  const cycle = /^[a-z]/.test(from) ? minutesOfWeek : minutesOfDay;
  return (minuteOf(to) - minuteOf(from) + cycle) % cycle;
}

/** Minutes from one minute of the week to the next occurrence of another. */
function after(from: number, to: number): number {
  return (to - from + minutesOfWeek) % minutesOfWeek;
}

function minuteOf(text: string): number {
  const [minutes = "0", hours = "0", name = "mon"] = text.split(":").reverse();
  return days.findIndex((each) => each === name) * minutesOfDay + Number(hours) * 60 + Number(minutes);
}
