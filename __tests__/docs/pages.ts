import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../cli/lib/project";

/** A fenced code block. */
export interface Block {
  /** Path of its page, relative to the project's root. */
  readonly page: string;
  readonly line: number;
  /** Word after the fence, such as `sh`; empty for a block without one. */
  readonly language: string;
  readonly text: string;
}

/** A table: its cells, row by row, the head first. */
export type Table = readonly (readonly string[])[];

/** A Markdown file of the project. */
export interface Page {
  /** Path, relative to the project's root. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly headings: readonly string[];
  readonly tables: readonly Table[];
  /** Targets of links and images, as they are written. */
  readonly links: readonly string[];
}

/** Every Markdown file of the project. */
export const pages: readonly Page[] = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.md"], {
  cwd: projectFolder,
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => path !== "")
  .sort()
  .map(readPage);

/** The README and the pages in `docs/`, without the decision records. */
export const guide: readonly Page[] = pages.filter(({ path }) => /^(README|docs\/[^/]+)\.md$/.test(path));

/** The page of a path; fails when there is none. */
export function pageOf(path: string): Page {
  const page = pages.find((each) => each.path === path);
  if (page === undefined) throw new Error(`${path} is not a page of the project`);
  return page;
}

/** Contents of the code spans of a text. */
export function codeSpans(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
}

function readPage(path: string): Page {
  const text = readFileSync(join(projectFolder, path), "utf8");
  const fenced = /^( *)```(\w*)\n([^]*?)^\1```$/gm;
  const blocks = [...text.matchAll(fenced)].map(([, indent = "", language = "", code = ""], index, all): Block => {
    const line = text.slice(0, all[index]?.index).split("\n").length;
    return { page: path, line, language, text: code.replaceAll(new RegExp(`^${indent}`, "gm"), "") };
  });
  const prose = text.replaceAll(fenced, "");
  return {
    path,
    text,
    blocks,
    headings: [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) => heading),
    tables: [...prose.matchAll(/(?:^\|.*\|\n)+/gm)].map(([table]) => readTable(table)),
    links: [...prose.replaceAll(/`[^`\n]+`/g, "").matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target),
  };
}

function readTable(text: string): Table {
  return text
    .trimEnd()
    .split("\n")
    .filter((_, index) => index !== 1)
    .map((row) =>
      row
        .replaceAll(/^\||\|$/g, "")
        .split("|")
        .map((cell) => cell.trim()),
    );
}
