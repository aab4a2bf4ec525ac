/** Longest line of a report. */
export const columns = 100;

/** A text in lines that are not longer than the report, each after the first with an indent. */
export function wrapped(first: string, text: string, indent = first.length): readonly string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(/\s+/)) {
    const isStart = line === first || line.trim() === "";
    const longer = isStart ? `${line}${word}` : `${line} ${word}`;
    if (!isStart && longer.length > columns) {
      lines.push(line);
      line = `${" ".repeat(indent)}${word}`;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((each) => cut(each, columns));
}

/** A text without its middle, when it is longer than a width. */
export function cut(text: string, width: number): string {
  if (text.length <= width) return text;
  const end = Math.floor((width - 3) / 2);
  return `${text.slice(0, width - 3 - end)}...${text.slice(text.length - end)}`;
}

/** A text in which ARNs are without partition, service, region and account: "service/main/web". */
export function withShortArns(text: string): string {
  return text.replace(/\barn:[\w-]+:[\w-]+:[\w-]*:[\d*]*:/g, "");
}

/** Time of day in UTC, such as "08:43:02". */
export function clock(time: number): string {
  return new Date(time).toISOString().slice(11, 19);
}

/** A duration such as "0.4 s", "12 s" or "3 min 20 s". */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A noun with its number, such as "1 call" or "2 calls". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
