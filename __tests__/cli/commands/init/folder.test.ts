import { mkdirSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { folderToWrite } from "../../../../cli/commands/init/folder";
import { recordFile } from "../../../../cli/commands/init/record";
import { projectFolder } from "../../../../cli/lib/project";
import { TemporaryFolder } from "../../lib/temporary-folder";

describe("the folder that npm run init writes", () => {
  const temporary = new TemporaryFolder();
  const path = (name: string) => join(temporary.path, "project", name);
  const folder = (name: string) => folderToWrite(path(name), path(""));

  /** A project, and a folder beside it. */
  beforeEach(() => {
    temporary.write("project/main.ts", "");
    temporary.write("project/app/package.json", "{}");
    temporary.write("project/docs/start.md", "");
    temporary.write("project/config/README.md", "");
    temporary.write("project/teams/a/dev/dev01/eu-central-1-dev01.ts", "");
    temporary.write(`project/written/${recordFile}`, "{}");
    mkdirSync(path("empty"));
    mkdirSync(join(temporary.path, "elsewhere"));
    symlinkSync("../elsewhere", path("link-out"));
    symlinkSync("teams/a", path("link-in"));
    symlinkSync("nothing", path("link-to-nothing"));
    symlinkSync("link-to-itself", path("link-to-itself"));
  });

  it.each(["new", "new/deep", "with spaces", "docs/new", "empty", "config", "written", "teams/a", "teams/b"])(
    "may be %s",
    (name) => {
      expect(folder(name)).toBe(join(realpathSync(path("")), name));
    },
  );

  it("is the folder that a symbolic link leads to", () => {
    expect(folder("link-in")).toBe(realpathSync(path("teams/a")));
  });

  it("may be the folder config when it is not there", () => {
    expect(folderToWrite(path("empty/config"), path("empty"))).toBe(join(realpathSync(path("empty")), "config"));
  });

  const refused: readonly (readonly [name: string, problem: string])[] = [
    ["main.ts", "is a file; name a new folder of this project, such as config"],
    ["main.ts/new", "is below "],
    ["link-to-nothing", "follows the symbolic link "],
    ["link-to-nothing/new", "follows the symbolic link "],
    ["link-to-itself", "follows the symbolic link "],
    ["link-out", "must be a folder in this project, as its files import #schema"],
    ["link-out/new", "must be a folder in this project"],
    ["", "must be a folder in this project"],
    ["..", "must be a folder in this project"],
    ["../project-2", "must be a folder in this project"],
    ["../../../../../../../..", "must be a folder in this project"],
    [".git/new", "is in a folder of Git, which may delete it"],
    ["node_modules/new", "is in a folder of npm, which may delete it"],
    ["new/node_modules", "is in a folder of npm, which may delete it"],
    ["cdktf.out/new", "is in a folder of CDKTF, which may delete it"],
    ["app", "is in the package app/, whose files cannot import #schema"],
    ["app/new", "is in the package app/, whose files cannot import #schema"],
    ["config/new", "is in config/, which is a folder of stage and account files itself"],
    ["written/new", "is in written/, which is a folder of stage and account files itself"],
    ["docs", "contains start.md, and no stage file"],
    ["teams", "contains a, and no stage file"],
  ];

  it.each(refused)("is refused: %s", (name, problem) => {
    const before = readdirSync(temporary.path, { recursive: true });
    expect(() => folder(name)).toThrow(`--config "${path(name)}" ${problem}`);
    expect(readdirSync(temporary.path, { recursive: true })).toEqual(before);
  });

  it.each(["app", "cli", "docs", "emulator", "main.ts", "network-paths", "policy", "schema", "stacks", "__tests__"])(
    "is not what the project has at %s",
    (name) => {
      expect(() => folderToWrite(join(projectFolder, name))).toThrow(/^--config ".*" (is|contains) [^\n]+; [^\n]+$/);
    },
  );
});
