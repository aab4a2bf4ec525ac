import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectFolder } from "../../cli/lib/project";
import packageJson from "../../package.json";
import { codeSpans, guide } from "./pages";
import { untested } from "./untested-commands";

const run = promisify(execFile);
const scripts: Readonly<Record<string, string>> = packageJson.scripts;

/** Commands that this test runs, with a text of their output. */
const tested: Readonly<Record<string, string>> = {
  "npm run policy -- --rules": "container-read-only",
};

/** Commands of a shell block, without comments and variables. */
function commandsOf(text: string): string[] {
  return text
    .replaceAll(/ *\\\n */g, " ")
    .split("\n")
    .map((line) => line.replace(/(^|\s+)#.*$/, "").trim())
    .filter((line) => line !== "" && !/^(\w+=\S+ ?)+$/.test(line));
}

const documented = guide
  .flatMap(({ blocks }) => blocks)
  .filter(({ language }) => language === "sh")
  .flatMap(({ page, line, text }) => commandsOf(text).map((command) => ({ where: `${page}:${line}`, command })));

/** Commands in blocks and in sentences. */
const mentioned = [
  ...documented.map(({ command }) => command),
  ...guide.flatMap(({ text }) => codeSpans(text).filter((span) => span.startsWith("npm "))),
];

/** Runs an npm script of the project with arguments; resolves to its output. */
async function runScript(name: string, args: readonly string[]): Promise<string> {
  const script = [scripts[name] ?? "", ...args].join(" ");
  const PATH = [join(projectFolder, "node_modules", ".bin"), process.env.PATH].join(":");
  const { stdout } = await run("sh", ["-c", script], { cwd: projectFolder, env: { ...process.env, PATH } });
  return stdout;
}

/** Options that pages name of a command of `cli/`, by the words with which its help is printed. */
function namedOptions(): Map<string, Set<string>> {
  const named = new Map<string, Set<string>>();
  for (const command of mentioned) {
    const [, name = "", rest = ""] = /^npm run ([\w:-]+) -- (.*)$/.exec(command) ?? [];
    const options = [...rest.matchAll(/(?<=^| )--[a-z][a-z-]*/g)].map(([option]) => option);
    if (name === "" || name.startsWith("test:") || options.length === 0) continue;
    const [subcommand = ""] = name === "pipeline" ? rest.split(" ") : [];
    const key = `${name} ${subcommand}`.trim();
    named.set(key, new Set([...(named.get(key) ?? []), ...options]));
  }
  return named;
}

describe("the commands of the documentation", () => {
  it("are found", () => {
    expect(documented.length).toBeGreaterThan(20);
  });

  it("are each run by this test, or have a reason why not", () => {
    const known = [...Object.keys(tested), ...Object.keys(untested)];
    expect(documented.filter(({ command }) => !known.includes(command))).toEqual([]);
  });

  it("have no reason that is left over", () => {
    const commands = documented.map(({ command }) => command);
    expect([...Object.keys(tested), ...Object.keys(untested)].filter((each) => !commands.includes(each))).toEqual([]);
  });

  it("are covered by tests that exist", () => {
    const files = Object.values(untested).map(({ test }) => test);
    expect(files.filter((file) => !existsSync(join(projectFolder, file)))).toEqual([]);
  });

  it("are npm scripts that exist", () => {
    const names = mentioned.flatMap((command) => {
      const [, name] = /^npm (?:run )?([\w:-]+)/.exec(command) ?? [];
      return name === undefined || name === "ci" || name === "install" ? [] : [name];
    });
    expect(names.length).toBeGreaterThan(20);
    expect([...new Set(names)].filter((name) => !(name in scripts))).toEqual([]);
  });

  it("name paths of tests that exist", () => {
    const tests = readdirSync(join(projectFolder, "__tests__"), { recursive: true, encoding: "utf8" });
    const paths = documented.flatMap(({ command }) => /^npm run test:\w+ -- (.*)$/.exec(command)?.[1] ?? []);
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => !tests.some((test) => test.endsWith(".test.ts") && test.includes(path)))).toEqual([]);
  });

  it.each(Object.entries(tested))("print what the page says: %s", async (command, text) => {
    const [, name = "", args = ""] = /^npm run ([\w:-]+) -- (.*)$/.exec(command) ?? [];
    expect(await runScript(name, [args])).toContain(text);
  });

  it.each([...namedOptions()])("have the options that pages name: npm run %s", async (command, options) => {
    const [name = "", ...subcommand] = command.split(" ");
    const help = await runScript(name, [...subcommand, "--help"]);
    expect([...options].filter((option) => !new RegExp(`${option}\\b`).test(help))).toEqual([]);
  });
});
