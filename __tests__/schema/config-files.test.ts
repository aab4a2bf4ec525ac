import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { configFiles, shownPath } from "../../schema/config-files";

const stagePath = "dev/dev01/us-east-1-dev01.ts";

describe("the files of a configuration folder", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "files-"));
    write(stagePath);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (path: string, text = "export {};") => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const problems = () =>
    configFiles(folder).problems.map(({ file, field, value, message }) =>
      `${file} ${field}: ${JSON.stringify(value)} ${message}`.replaceAll(folder, "config"),
    );

  it("are stage files and account files, each with the name of its stack", () => {
    write("accounts/shop-dev/us-east-1.ts");
    const { stages, accounts } = configFiles(folder);
    expect([...stages, ...accounts].map(({ stack }) => stack)).toEqual([
      "dev01-us-east-1",
      "account-shop-dev-us-east-1",
    ]);
  });

  it.each([
    [
      "dev/oops/us-east-1-dev09.ts",
      'folder: "config/dev/oops" is not the folder of this stage; move it to config/dev/dev09/, or name it us-east-1-oops.ts',
    ],
    ["dev/us-east-1-dev09.ts", 'folder: "config/dev" is not the folder of this stage; move it to config/dev/dev09/'],
    ["us-east-1-dev09.ts", 'folder: "config" is not the folder of this stage; move it to config/<environment>/dev09/'],
    [
      "dev/team/dev09/us-east-1-dev09.ts",
      'folder: "config/dev/team/dev09" is not the folder of this stage; move it to config/dev/dev09/',
    ],
    [
      "dev/dev01/x.js",
      'file name: "x.js" is not read, as it is not a TypeScript file; name it x.ts, or move it out of the folder',
    ],
    [
      "dev/dev01/us-east-1-dev01.mts",
      'file name: "us-east-1-dev01.mts" is not read, as it is not a TypeScript file; name it us-east-1-dev01.ts, or move it out of the folder',
    ],
    ["dev/data.json", 'file name: "data.json" is not read, as it is not a TypeScript file; move it out of the folder'],
    [
      "dev/dev01/us-east1-dev01.ts",
      'file name: "us-east1-dev01.ts" must be the name of a stage file; did you mean us-east-1-dev01.ts?',
    ],
    ["dev/dev01/main.ts", 'file name: "main.ts" must be the name of a stage file; name it <region>-dev01.ts'],
    [
      "accounts/shop-dev/us-east1.ts",
      'file name: "us-east1.ts" must be the region of an account file; did you mean us-east-1.ts?',
    ],
    [
      "accounts/us-east-1-dev09.ts",
      'folder: "config/accounts" is not the folder of this stage; move it to config/<environment>/dev09/',
    ],
    [
      "dev/team/parts/sizes.ts",
      'file: "dev/team/parts/sizes.ts" is not read, as no other file imports it; import it, or remove it',
    ],
    ["sizes.ts", 'file: "sizes.ts" is not read, as no other file imports it; import it, or remove it'],
    ["dev/sizes.ts", 'file: "dev/sizes.ts" is not read, as no other file imports it; import it, or remove it'],
    [
      "accounts/sizes.ts",
      'file: "accounts/sizes.ts" is not read, as no other file imports it; import it, or remove it',
    ],
  ])("have a problem with %s", (path, problem) => {
    write(path);
    expect(problems()).toEqual([`config/${path} ${problem}`]);
  });

  it.each([
    ["dev/dev02.ts", "<environment>/<stage>/<region>-<stage>.ts"],
    ["accounts/shop.ts", "accounts/<alias>/<region>.ts"],
  ])("have a problem with %s when it has a default export, which belongs to %s", (path, place) => {
    write(path, "export default {};");
    expect(problems()).toEqual([expect.stringMatching(new RegExp(`no other file imports it; move it to ${place}$`))]);
  });

  it("have a problem with a link to a folder", () => {
    symlinkSync(join(folder, "dev/dev01"), join(folder, "dev/dev02"));
    expect(problems()).toEqual([
      'config/dev/dev02 folder: "config/dev/dev02" is not read, as it is a link to a folder; move the folder here',
    ]);
  });

  it("have a problem with a link to a file that does not exist", () => {
    symlinkSync("nowhere", join(folder, "dev/dangling.ts"));
    expect(problems()).toEqual([
      'config/dev/dangling.ts file name: "dangling.ts" is not a file that can be read, such as a link to a file that does not exist; remove it',
    ]);
  });

  it.each([
    ["dev/.init.json", "{}"],
    [".cache/x.js", ""],
    ["dev/dev01/us-east-1-dev01.ts~", ""],
    ["README.md", ""],
  ])("may be %s", (path, text) => {
    write(path, text);
    expect(problems()).toEqual([]);
  });

  it.each([
    ["dev/us-east-1-dev09.ts", "../us-east-1-dev09"],
    ["dev/dev01/routes.ts", "./routes"],
    ["dev/base.ts", "../base.js"],
    ["dev/defaults.ts", "../defaults"],
    ["dev/team/parts/sizes.ts", "../team/parts/sizes"],
  ])("may be %s, once a stage file imports it", (path, specifier) => {
    write(path, "export default {};");
    expect(problems()).not.toEqual([]);
    write(stagePath, `import base from "${specifier}";\nexport default base;`);
    expect(problems()).toEqual([]);
  });

  it("are one problem when there is none, and when there is no folder", () => {
    rmSync(join(folder, "dev"), { recursive: true });
    expect(problems()).toEqual([
      expect.stringMatching(/^config configuration folder: .* contains no stage file; name/),
    ]);
    expect(configFiles(join(folder, "absent")).problems).toEqual([
      expect.objectContaining({
        file: join(folder, "absent"),
        message: "does not exist; name the folder of the stage files, or create them with npm run init",
      }),
    ]);
  });
});

test("a path is shown relative to the working directory when it is below it", () => {
  expect(shownPath(join(process.cwd(), "config", "dev"))).toBe("config/dev");
  expect(shownPath(join(process.cwd(), "..", "config"))).toBe(join(process.cwd(), "..", "config"));
});
