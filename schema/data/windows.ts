import { z } from "zod";

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const minutesOfDay = 24 * 60;
const minutesOfWeek = days.length * minutesOfDay;

const time = "(?:[01]\\d|2[0-3]):[0-5]\\d";
const day = days.join("|");

/** A time of every day, in UTC. */
export const dailyWindow = (leastMinutes: number) =>
  window(new RegExp(`^${time}-${time}$`), 'is no time of the day; write one in UTC such as "03:00-04:00"').refine(
    (value) => lengthOf(value) >= leastMinutes,
    `is too short; write a window of ${leastMinutes} minutes or more`,
  );

/** A time of the week, in UTC. */
export const weeklyWindow = (leastMinutes: number) =>
  window(
    new RegExp(`^(?:${day}):${time}-(?:${day}):${time}$`),
    'is no time of the week; write one in UTC such as "sun:05:00-sun:06:00"',
  ).refine((value) => {
    const length = lengthOf(value);
    return length >= leastMinutes && length <= minutesOfDay;
  }, `is too short or too long; write a window of ${leastMinutes} minutes to 24 hours`);

function window(pattern: RegExp, error: string) {
  return z.string(error).regex(pattern, { error, abort: true });
}

/** AWS takes no backup during maintenance: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html#USER_WorkingWithAutomatedBackups.BackupWindow */
function windowsApart(backup: string, maintenance: string): boolean {
  return days.every((name) => {
    const [from = "", to = ""] = backup.split("-");
    const daily = { start: minuteOf(`${name}:${from}`), length: lengthOf(`${from}-${to}`) };
    const weekly = { start: minuteOf(maintenance.split("-")[0] ?? ""), length: lengthOf(maintenance) };
    return after(daily.start, weekly.start) >= daily.length && after(weekly.start, daily.start) >= weekly.length;
  });
}

/** Refuses windows of a store, one for backups and one for maintenance, that overlap; a wrong one has its own message. */
export function refuseOverlap(
  { backup, maintenance }: { readonly backup: string; readonly maintenance: string },
  field: string,
  context: z.core.$RefinementCtx,
): void {
  const readable = dailyWindow(0).safeParse(backup).success && weeklyWindow(0).safeParse(maintenance).success;
  if (!readable || windowsApart(backup, maintenance)) return;
  const message = `overlaps the maintenance at ${maintenance}; write another time`;
  context.addIssue({ code: "custom", path: [field], input: backup, message });
}

/** Minutes from the start of a window to its end, which may lie behind midnight or a Sunday. */
function lengthOf(window: string): number {
  const [from = "", to = ""] = window.split("-");
  const cycle = /^[a-z]/.test(from) ? minutesOfWeek : minutesOfDay;
  return (minuteOf(to) - minuteOf(from) + cycle) % cycle;
}

/** Minutes from one minute of the week until another comes round again. */
function after(from: number, to: number): number {
  return (to - from + minutesOfWeek) % minutesOfWeek;
}

function minuteOf(text: string): number {
  const [minutes = "0", hours = "0", name = "mon"] = text.split(":").reverse();
  return days.findIndex((each) => each === name) * minutesOfDay + Number(hours) * 60 + Number(minutes);
}
