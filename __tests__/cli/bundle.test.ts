import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const projectFolder = join(__dirname, "..", "..");

/** A project with one small program, which has packages of its own. */
let checkout: string;

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "bundle (1) "));
  for (const path of ["cli/run.mjs", "cli/run", "tsconfig.json"]) {
    cpSync(join(projectFolder, path), join(checkout, path), { recursive: true });
  }
  mkdirSync(join(checkout, "node_modules"));
  for (const name of ["esbuild", "@esbuild"]) {
    symlinkSync(join(projectFolder, "node_modules", name), join(checkout, "node_modules", name));
  }
  write("package.json", JSON.stringify({ imports: { "#schema": "./schema/index.ts" } }));
  write("node_modules/greeting/package.json", JSON.stringify({ version: "1.0.0" }));
  write("node_modules/greeting/index.js", 'module.exports = "hello";');
  write("schema/name.ts", 'export const name: string = "one";\n');
  write(
    "main.ts",
    'import greeting from "greeting";\nimport { name } from "./schema/name";\nconsole.log(greeting, name);',
  );
});
afterEach(() => {
  rmSync(checkout, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(checkout, file)), { recursive: true });
  writeFileSync(join(checkout, file), text);
}

/** Runs a program; other folders for temporary files are as another computer's. */
async function run(env: Readonly<Record<string, string>> = {}, ...args: readonly string[]) {
  const child = spawn(process.execPath, [join(checkout, "cli/run.mjs"), "main.ts", ...args], {
    env: { ...process.env, TMPDIR: join(checkout, "tmp"), ...env },
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  return new Promise<typeof output & { readonly code: number | null }>((resolve) => {
    child.on("close", (code) => {
      resolve({ ...output, code });
    });
  });
}

const printed = async () => (await run()).stdout;

describe("a program that is run as a bundle", () => {
  it("gets its arguments, and its exit code is kept", async () => {
    write("main.ts", "console.log(process.argv.slice(1).join()); process.exitCode = 3;");
    expect(await run({}, "--flag", "value")).toEqual({
      code: 3,
      stdout: `${join(checkout, "main.ts")},--flag,value\n`,
      stderr: "",
    });
  });

  it("knows the folder of each of its files", async () => {
    write("schema/place.ts", "export const place = __dirname;");
    write("main.ts", 'import { place } from "./schema/place"; console.log(place, __filename);');
    expect(await printed()).toBe(`${join(checkout, "schema")} ${join(checkout, "main.ts")}\n`);
  });

  it("is not built again while nothing changes", async () => {
    expect(await printed()).toBe("hello one\n");
    rmSync(join(checkout, "node_modules/esbuild"));
    expect(await printed()).toBe("hello one\n");
  });

  it("has every change of a source, also one of the same size and time", async () => {
    const file = join(checkout, "schema/name.ts");
    const { atime, mtime } = statSync(file);
    expect(await printed()).toBe("hello one\n");
    write("schema/name.ts", 'export const name: string = "two";\n');
    utimesSync(file, atime, mtime);
    expect(await printed()).toBe("hello two\n");
    write("schema/name.ts", 'export const name: string = "one";\n');
    expect(await printed()).toBe("hello one\n");
  });

  it("has every change of a workspace, also one of the same size and time", async () => {
    const file = join(checkout, "network-paths/index.ts");
    write("network-paths/package.json", JSON.stringify({ exports: "./index.ts" }));
    write("network-paths/index.ts", 'export const name: string = "one";\n');
    symlinkSync(join(checkout, "network-paths"), join(checkout, "node_modules/network-paths"));
    write("main.ts", 'import { name } from "network-paths"; console.log(name);');
    const time = new Date("2026-01-01T00:00:00Z");
    utimesSync(file, time, time);
    expect(await printed()).toBe("one\n");
    write("network-paths/index.ts", 'export const name: string = "two";\n');
    utimesSync(file, time, time);
    expect(await printed()).toBe("two\n");
  });

  it("has a new file that an import now finds first", async () => {
    write("schema/place/index.ts", 'export const place = "index";');
    write("main.ts", 'import { place } from "./schema/place"; console.log(place);');
    expect(await printed()).toBe("index\n");
    write("schema/place.ts", 'export const place = "file";');
    expect(await printed()).toBe("file\n");
  });

  it("has a package that was edited or installed anew", async () => {
    expect(await printed()).toBe("hello one\n");
    write("node_modules/greeting/index.js", 'module.exports = "good evening";');
    expect(await printed()).toBe("good evening one\n");
  });

  it("fails with the place and the reason when a source is broken, without the old result", async () => {
    await printed();
    write("schema/name.ts", "export const name: string = ;\n");
    expect(await run()).toEqual({
      code: 1,
      stdout: "",
      stderr: 'main.ts cannot be built\n  schema/name.ts:1:29: Unexpected ";"\n',
    });
  });

  it("fails with the place and the reason when an import is missing", async () => {
    write("main.ts", '\nimport "./schema/missing";');
    const { code, stderr } = await run();
    expect(stderr).toBe('main.ts cannot be built\n  main.ts:2:8: Could not resolve "./schema/missing"\n');
    expect(code).toBe(1);
  });

  it("shows errors and their causes at their positions in the TypeScript files", async () => {
    write(
      "schema/fail.ts",
      'interface Unused { a: string }\n\nexport function fail(): never {\n  throw new Error("outer", { cause: new TypeError("inner") });\n}\n',
    );
    write("main.ts", 'import { fail } from "./schema/fail";\n\n\nfail();');
    // The second time, the source map is that of the first.
    for (const { code, stderr } of [await run(), await run()]) {
      const [fail, main] = ["schema/fail.ts", "main.ts"].map((file) => join(checkout, file));
      expect(stderr.split("\n").slice(0, 3)).toEqual([
        "Error: outer",
        `    at fail (${fail}:4:9)`,
        `    at ${main}:4:1`,
      ]);
      expect(stderr).toMatch(/\[cause\]: TypeError: inner\n/);
      expect(stderr).toContain(` at fail (${fail}:4:37)\n`);
      expect(code).toBe(1);
    }
  });

  it("is built once or more, and always complete, when several run at the same time", async () => {
    const runs = await Promise.all([run(), run(), run(), run()]);
    expect(runs.map(({ stdout, stderr }) => stdout + stderr)).toEqual(Array(4).fill("hello one\n"));
    const kept = readdirSync(join(checkout, "node_modules/.cache/bundles")).map((name) =>
      name.replace(/^\w+(-\w+)?/, ""),
    );
    expect(kept.sort()).toEqual([".cjs", ".map", ".v8"]);
  });
});

describe("a damaged cache", () => {
  const inverted = (content: Buffer, from: number) =>
    Buffer.concat([
      content.subarray(0, from),
      content.subarray(from, from + 64).map((byte) => byte ^ 0xff),
      content.subarray(from + 64),
    ]);

  it.each([
    ["is empty", () => Buffer.alloc(0)],
    ["is cut", (content: Buffer) => content.subarray(0, content.length / 2)],
    ["has zeros at its end", (content: Buffer) => Buffer.concat([content.subarray(0, -64), Buffer.alloc(64)])],
    ["has other bytes at a quarter", (content: Buffer) => inverted(content, Math.floor(content.length / 4))],
    ["has other bytes at three quarters", (content: Buffer) => inverted(content, Math.floor((content.length * 3) / 4))],
  ])("is made again where a file %s", async (_, damage) => {
    write("stage.ts", 'export default "stage";\n');
    write(
      "main.ts",
      'import { createRequire } from "node:module"; import { name } from "./schema/name";\n' +
        'const { default: stage } = createRequire(__filename)("./stage.ts");\n' +
        'console.log(name, stage); console.error(new Error().stack?.split("\\n")[1]);',
    );
    const folder = join(checkout, "node_modules/.cache");
    const files = () =>
      readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /\.\w+$/.test(path));
    const first = await run();
    expect(first).toMatchObject({ code: 0, stdout: "one stage\n" });
    expect(first.stderr).toContain("main.ts:3:");
    const contents = new Map(files().map((path) => [path, readFileSync(join(folder, path))]));
    expect([...contents.keys()].map((path) => path.replace(/^.*\./, "")).sort()).toEqual(["cjs", "json", "map", "v8"]);
    for (const [path, content] of contents) {
      writeFileSync(join(folder, path), damage(content));
      // Positions are those of the bundle until its source map is made again.
      expect(await run()).toMatchObject(path.endsWith(".map") ? { code: 0, stdout: first.stdout } : first);
      expect(await run()).toEqual(first);
      expect(readFileSync(join(folder, path))).not.toEqual(damage(content));
    }
  });
});

describe("a checkout that cannot be written", () => {
  const fallback = () => join(checkout, "tmp", `bundles-${process.getuid?.() ?? "user"}`);

  beforeEach(() => {
    // A file in place of the folder, as permissions do not stop a root user.
    write("node_modules/.cache", "");
    mkdirSync(join(checkout, "tmp"));
  });

  it("keeps the bundle in a folder for temporary files that is the user's own", async () => {
    expect(await printed()).toBe("hello one\n");
    expect(statSync(fallback()).mode & 0o777).toBe(0o700);
    rmSync(join(checkout, "node_modules/esbuild"));
    expect(await printed()).toBe("hello one\n");
  });

  it("uses nothing from a folder that others can write", async () => {
    await printed();
    const [bundle = ""] = readdirSync(fallback()).filter((name) => name.endsWith(".cjs"));
    const path = join(fallback(), bundle);
    const evil = Buffer.from(readFileSync(path).subarray(0, -32).toString().replace('"one"', '"evil"'));
    writeFileSync(path, Buffer.concat([evil, createHash("sha256").update(evil).digest()]));
    chmodSync(fallback(), 0o777);
    expect(await printed()).toBe("hello one\n");
  });

  it("runs the program where no file can be written at all", async () => {
    expect((await run({ TMPDIR: "/dev/null" })).stdout).toBe("hello one\n");
    expect(existsSync(fallback())).toBe(false);
  });
});

describe("a TypeScript file that the program loads", () => {
  beforeEach(() => {
    write("schema/index.ts", "export const defineStage = <Stage>(stage: Stage): Stage => stage;");
    write(
      "main.ts",
      'import { createRequire } from "node:module";\n' +
        'import * as schema from "./schema";\n' +
        "const load: (path: string) => any = createRequire(__filename);\n" +
        'try {\n  const { default: stage } = load(process.cwd() + "/stages/stage.ts");\n' +
        "  console.log(stage.name, stage.define === schema.defineStage);\n" +
        "} catch (error: any) {\n  console.log(JSON.stringify(error.errors) ?? error.stack);\n}\n",
    );
    write("stages/defaults.ts", 'export const defaults = { name: "one" as string };\n');
    write(
      "stages/stage.ts",
      'import { defineStage } from "#schema";\nimport { defaults } from "./defaults";\n' +
        "export default defineStage({ ...defaults, define: defineStage });\n",
    );
  });

  const loaded = async () => {
    const child = spawn(process.execPath, [join(checkout, "cli/run.mjs"), "main.ts"], { cwd: checkout });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    await new Promise((resolve) => child.on("close", resolve));
    return output;
  };

  it("shares the schema with the program", async () => {
    expect(await loaded()).toBe("one true\n");
  });

  it("has every change, also one of a file that it imports", async () => {
    await loaded();
    write("stages/defaults.ts", 'export const defaults = { name: "two" as string };\n');
    expect(await loaded()).toBe("two true\n");
  });

  it("is refused with the parser's reason and place when its syntax is wrong", async () => {
    write("stages/stage.ts", "\nexport default { name: ;\n");
    expect(JSON.parse(await loaded())).toMatchObject([
      {
        text: 'Unexpected ";"',
        location: { file: join(checkout, "stages/stage.ts"), line: 2, column: 23 },
      },
    ]);
  });

  it("shows an error at its position", async () => {
    write("stages/defaults.ts", "interface Unused { a: string }\n\nexport const defaults = { name: missing };\n");
    expect(await loaded()).toMatch(/^ReferenceError: missing is not defined\n +at .*\/stages\/defaults\.ts:3:33\)\n/);
  });

  it("shows an error in the file that has it, and not in an earlier one of the same content", async () => {
    const broken = "export const defaults = { name: missing };\n";
    write("stages/defaults.ts", broken);
    await loaded();
    write("stages/others.ts", broken);
    write("stages/stage.ts", 'import { defaults } from "./others";\nexport default defaults;\n');
    expect(await loaded()).toMatch(/\/stages\/others\.ts:1:33\)\n/);
  });
});
