const brackets = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/** Where an expression of Terraform that begins at `start` ends: before a comma or bracket that is not its own. */
export function expressionEnd(text: string, start: number): number {
  const open: string[] = [];
  for (let position = start; position < text.length; position++) {
    const character = text.charAt(position);
    const closing = brackets.get(character);
    if (character === '"') position = stringEnd(text, position);
    else if (closing !== undefined) open.push(closing);
    else if (open.length === 0 && /[,\])}]/.test(character)) return position;
    else if (character === open.at(-1)) open.pop();
  }
  return text.length;
}

/** Where a quoted string ends, whose templates may hold strings again. */
function stringEnd(text: string, start: number): number {
  for (let position = start + 1; position < text.length; position++) {
    const character = text.charAt(position);
    if (character === '"') return position;
    if (character === "\\") position++;
    else if (/^(?:\$\$|%%)\{/.test(text.slice(position, position + 3))) position += 2;
    else if (/^[$%]\{/.test(text.slice(position, position + 2))) position = expressionEnd(text, position + 2);
  }
  return text.length;
}
