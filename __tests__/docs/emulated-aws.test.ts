import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../cli/lib/project";

const page = join(projectFolder, "docs/emulated-aws.md");
const printed = execFileSync(process.execPath, [join(projectFolder, "emulator/bin.mjs"), "rules"]).toString();

const names = [...printed.matchAll(/\| `([^`]+)` \|$/gm)].map(([, name = ""]) => name);

describe("the page on the emulated AWS", () => {
  it("has the table of the rules as the emulated AWS prints it", () => {
    const paragraphs = readFileSync(page, "utf8").split("\n\n");
    const table = paragraphs.find((paragraph) => paragraph.startsWith("| Service"));
    expect(cellsOf(table ?? "")).toEqual(cellsOf(printed));
  });

  it("has each name of a rule once, and at most six of its operations", () => {
    expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
    const operations = cellsOf(printed).map(([, , cell = ""]) => cell.split(",").length);
    expect(Math.max(...operations)).toBeLessThanOrEqual(6);
  });

  it("lists only rules that a test refuses by name", () => {
    const folder = join(projectFolder, "emulator/__tests__/rules");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const tests = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => !tests.includes(`[${name}]`))).toEqual([]);
  });

  it("names tests that exist", () => {
    const section =
      readFileSync(page, "utf8")
        .split("## ")
        .find((part) => part.startsWith("What takes time")) ?? "";
    const files = [...section.matchAll(/`([\w/-]+\.test\.ts)` +\|$/gm)].map(([, file = ""]) => file);
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => !existsSync(join(projectFolder, "emulator/__tests__", file)))).toEqual([]);
  });
});

/** The cells of a Markdown table, whose columns the formatter pads. */
function cellsOf(table: string): readonly string[][] {
  const rows = table.trim().split("\n");
  return rows.filter((row) => !/^\|[\s|:-]+\|$/.test(row)).map((row) => row.split("|").map((cell) => cell.trim()));
}
