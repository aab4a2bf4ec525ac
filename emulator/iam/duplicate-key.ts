const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** The first key that an object of a valid JSON text has twice; JSON.parse keeps only the last of the two. */
export function duplicateKey(json: string): string | undefined {
  const objects: (Set<string> | undefined)[] = [];
  let text = "";
  for (const [each] of json.matchAll(token)) {
    const keys = objects.at(-1);
    if (each === "{") objects.push(new Set());
    else if (each === "[") objects.push(undefined);
    else if (each === "}" || each === "]") objects.pop();
    else if (each === ":" && keys) {
      if (keys.has(text)) return text;
      keys.add(text);
    }
    // JSON.parse is untyped; a token in quotation marks is a string.
    if (each.startsWith('"')) text = JSON.parse(each) as string;
  }
  return undefined;
}
