import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";

/** A file or log that a deployment writes. */
export interface Trace {
  readonly name: string;
  readonly content: Buffer;
}

/** Programs, which no deployment writes. */
const programs = ["node_modules", ".terraform"];

/** Every file below a folder, and what is inside plan files, which are zipped. */
export function filesBelow(folder: string): Trace[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): Trace[] => {
    const name = join(folder, entry.name);
    if (programs.includes(entry.name)) return [];
    if (entry.isDirectory()) return filesBelow(name);
    const content = readFileSync(name);
    if (content.subarray(0, 2).toString() !== "PK") return [{ name, content }];
    const inside = Object.entries(unzipSync(content));
    return inside.map(([part, bytes]) => ({ name: `${name} (${part})`, content: Buffer.from(bytes) }));
  });
}

/** The traces that hold a text: as it is, as JSON or an address would write it, or within something in base64. */
export function tracesOf(text: string, traces: readonly Trace[]): string[] {
  const spellings = [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), ...base64Of(text)];
  return traces.filter(({ content }) => spellings.some((each) => content.includes(each))).map(({ name }) => name);
}

/** The part of a text in base64 that is the same at any position among other bytes. */
function base64Of(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.from("x".repeat(before) + text)
      .toString("base64")
      .replace(/=+$/, "");
    const end = (before + Buffer.byteLength(text)) % 3 === 0 ? encoded.length : encoded.length - 1;
    return encoded.slice(before === 0 ? 0 : before + 1, end);
  });
}
