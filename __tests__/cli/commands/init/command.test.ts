import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { recordText } from "../../../../cli/commands/init/record";
import { projectFolder, toolsFolder } from "../../../../cli/lib/project";
import { run } from "../../../../cli/lib/run";

const options = [
  ...["--app", "shop", "--region", "eu-central-1", "--environments", "test,live", "--email", "on-call@shop.test"],
  ...["--account", "test=111111111111", "--account", "live=222222222222", "--yes"],
];

describe("npm run init", () => {
  let parent: string;
  let folder: string;

  beforeEach(() => {
    mkdirSync(toolsFolder, { recursive: true });
    parent = mkdtempSync(join(toolsFolder, "command-"));
    folder = join(parent, "config");
  });
  afterEach(() => {
    rmSync(parent, { recursive: true });
  });

  const init = (...args: readonly string[]) => {
    const config = relative(projectFolder, folder);
    return run(process.execPath, ["cli/run.mjs", "cli/commands/init.ts", "--config", config, ...args], {
      cwd: projectFolder,
      env: { CI: "true" },
    });
  };

  it("writes formatted files with their record, and ends with the next three commands", async () => {
    const { exitCode, tail } = await init(...options);
    expect({ exitCode, end: tail.slice(-5, -2) }).toEqual({
      exitCode: 0,
      end: [
        expect.stringMatching(/^ {2}npm run synth -- --app 'node cli\/run.mjs main.ts .*\/config' /),
        expect.stringMatching(/^ {2}npm run demo -- --stack test01-eu-central-1 --config .*\/config /),
        expect.stringMatching(/^ {2}npm run bootstrap -- account-shop-test-eu-central-1 --config .*\/config /),
      ],
    });
    expect(readdirSync(folder)).toEqual([".init.json", "accounts", "live", "test"]);
    const file = readFileSync(join(folder, "live/live01/eu-central-1-live01.ts"), "utf8");
    expect(file).toContain("    shop: {");
    expect(file).not.toMatch(/^ *\n *\n|\n\n\n| $/m);
  });

  it("refuses to lose edits: names the files, exits with 1, writes nothing", async () => {
    mkdirSync(join(folder, "test"), { recursive: true });
    writeFileSync(join(folder, ".init.json"), recordText(new Map()));
    writeFileSync(join(folder, "test/defaults.ts"), "mine");
    const { exitCode, tail } = await init(...options);
    expect(exitCode).toBe(1);
    expect(tail.join("\n")).toMatch(/Nothing was written[^]*config\/test\/defaults\.ts would be replaced/);
    expect(readdirSync(folder, { recursive: true })).toEqual([".init.json", "test", "test/defaults.ts"]);
  });

  it("loads the files before it writes them, together with those that it keeps", async () => {
    mkdirSync(join(folder, "test/mine"), { recursive: true });
    writeFileSync(join(folder, "test/mine/eu-central-1-mine.ts"), "export default {};");
    const { exitCode, tail } = await init(...options);
    expect(exitCode).toBe(1);
    // By the path that it has in the configuration.
    expect(tail.join("\n")).toContain(
      `\n${relative(projectFolder, folder)}/test/mine/eu-central-1-mine.ts\n  app: is missing`,
    );
    expect(existsSync(join(folder, "live"))).toBe(false);
  });

  it("writes nothing with --dry-run", async () => {
    const { exitCode, tail } = await init(...options, "--dry-run");
    expect([exitCode, tail.at(-1)]).toEqual([0, "Nothing was written, because of --dry-run."]);
    expect(existsSync(folder)).toBe(false);
  });

  it("names a missing option without a terminal, and exits with 1", async () => {
    const { exitCode, tail } = await init(...options.slice(2));
    expect([exitCode, tail]).toEqual([1, ["--app is missing; write it, such as --app shop"]]);
  });

  it("refuses a folder outside of the project", async () => {
    const { exitCode, tail } = await init(...options, "--config", "..");
    expect([exitCode, tail]).toEqual([
      1,
      [
        '--config ".." must be a folder in this project, as its files import #schema; name a new folder of this project, such as config',
      ],
    ]);
  });

  it("refuses a record that cannot be read before it asks anything", async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, ".init.json"), "{");
    const { exitCode, tail } = await init();
    expect([exitCode, tail]).toEqual([1, [expect.stringMatching(/\.init\.json is not a record of npm run init; .+/)]]);
  });
});
