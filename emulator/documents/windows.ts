/** A time that repeats, in minutes since it was 00:00, on a Sunday for a weekly one. */
export interface Window {
  readonly start: number;
  readonly minutes: number;
}

const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const dayMinutes = 24 * 60;
const weekMinutes = 7 * dayMinutes;

/** Reads `hh24:mi-hh24:mi`, which can pass midnight. */
export function dailyWindow(text: string): Window | undefined {
  const [, from = "", to = ""] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  return between(minuteOf(from), minuteOf(to), dayMinutes);
}

/** Reads `ddd:hh24:mi-ddd:hh24:mi`, for example `sun:23:45-mon:00:15`. */
export function weeklyWindow(text: string): Window | undefined {
  const [, from = "", to = ""] = /^([a-z]{3}:\d\d:\d\d)-([a-z]{3}:\d\d:\d\d)$/.exec(text.toLowerCase()) ?? [];
  return between(weekMinuteOf(from), weekMinuteOf(to), weekMinutes);
}

/** Whether a daily window and a weekly one have a minute in common. */
export function overlaps(daily: Window, weekly: Window): boolean {
  // The day before the week and the one after have windows that pass into it.
  return Array.from({ length: days.length + 2 }, (_, day) => (day - 1) * dayMinutes + daily.start).some((start) =>
    [weekly.start, weekly.start - weekMinutes].some(
      (other) => start < other + weekly.minutes && other < start + daily.minutes,
    ),
  );
}

function between(start: number | undefined, end: number | undefined, length: number): Window | undefined {
  if (start === undefined || end === undefined) return undefined;
  return { start, minutes: (end - start + length) % length };
}

function minuteOf(time: string): number | undefined {
  const [hours = NaN, minutes = NaN] = time.split(":").map(Number);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : undefined;
}

function weekMinuteOf(written: string): number | undefined {
  const day = days.indexOf(written.slice(0, 3));
  const minute = minuteOf(written.slice(4));
  return day === -1 || minute === undefined ? undefined : day * dayMinutes + minute;
}
