const longest = 40;

/** The part of a failed tool's output that says why: Terraform's error boxes, else the last lines. */
export function relevantOutput(lines: readonly string[]): string[] {
  const told = lines.map((line) => line.trimEnd()).filter((line) => line.trim() !== "");
  const boxes = errorBoxes(told);
  return (boxes.length > 0 ? boxes : told.slice(-15)).slice(0, longest);
}

/** Terraform frames a message by ╷ │ ╵; those that are no errors are warnings. */
function errorBoxes(lines: readonly string[]): string[] {
  const found: string[] = [];
  let box: string[] | undefined;
  for (const line of lines) {
    if (line.includes("╷")) box = [];
    else if (line.includes("╵")) {
      if (box?.some((text) => text.startsWith("Error:"))) found.push(...box);
      box = undefined;
    } else box?.push(line.replace(/^.*?│ ?/, ""));
  }
  return found.filter((line, index) => line !== "" && found.indexOf(line) === index);
}
