import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";

/** A file that a job left: of its log, or for others. */
export interface KeptFile {
  readonly name: string;
  readonly content: string;
}

/** The logs and artifacts of the jobs; of a plan, which is a zip file, all that is packed in it. */
export function keptFiles(state: string): KeptFile[] {
  return ["output", "artifacts"].flatMap((part) => {
    const folder = join(state, part);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(join(folder, name)).isFile())
      .flatMap((name) => contents(name, readFileSync(join(folder, name))));
  });
}

function contents(name: string, bytes: Buffer): KeptFile[] {
  if (!name.endsWith(".tfplan")) return [{ name, content: bytes.toString() }];
  return Object.entries(unzipSync(bytes)).map(([part, content]) => ({
    name: `${name}/${part}`,
    content: Buffer.from(content).toString(),
  }));
}
