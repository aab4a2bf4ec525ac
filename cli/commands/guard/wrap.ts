/** Columns of a line: what terminals and the job logs of GitLab show without a break. */
export const columns = 100;

/** Text as lines of at most 100 columns; only a single longer word exceeds them, so that it can be copied. */
export function filled(text: string, first = "", rest = `${first}  `): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line = isEmpty ? `${line}${word}` : `${line} ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
