import { existsSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { changesIn, changeTree, requireNoLoss } from "../../../../cli/commands/init/changes";
import { recordFile, recordText } from "../../../../cli/commands/init/record";
import { NextConfiguration } from "../../../../cli/commands/init/write";
import { TemporaryFolder } from "../../lib/temporary-folder";

const written = new Map([
  ["dev/defaults.ts", "one"],
  ["dev/dev01/a.ts", "two"],
]);

describe("the changes of npm run init", () => {
  const temporary = new TemporaryFolder();

  /** A folder that init wrote. */
  const write = () => {
    for (const [path, text] of [...written, [recordFile, recordText(written)] as const]) temporary.write(path, text);
  };
  const changes = (files: ReadonlyMap<string, string>) =>
    changesIn(temporary.path, files).map(({ path, change, losesEdits }) => [path, change, losesEdits]);

  it("are new files in a folder that does not exist", () => {
    expect(changesIn(join(temporary.path, "config"), written).map(({ change }) => change)).toEqual(["new", "new"]);
  });

  it("replace and remove the files of the former record", () => {
    write();
    expect(changes(new Map([["dev/defaults.ts", "other"]]))).toEqual([
      ["dev/defaults.ts", "replaced", false],
      ["dev/dev01/a.ts", "removed", false],
    ]);
  });

  it("are none where a file already has its content, also without a record", () => {
    temporary.write("dev/defaults.ts", "one");
    expect(changes(new Map([["dev/defaults.ts", "one"]]))).toEqual([["dev/defaults.ts", "unchanged", false]]);
  });

  it("keep files that init did not write and does not write now", () => {
    write();
    temporary.write("dev/dev02/b.ts", "mine");
    expect(changes(written)).toContainEqual(["dev/dev02/b.ts", "kept", false]);
  });

  it("would lose edits of a recorded file, and a file that is not in the record", () => {
    write();
    writeFileSync(join(temporary.path, "dev/dev01/a.ts"), "edited");
    temporary.write("live/defaults.ts", "mine");
    expect(changes(new Map([["live/defaults.ts", "ours"]]))).toEqual([
      ["dev/defaults.ts", "removed", false],
      ["dev/dev01/a.ts", "removed", true],
      ["live/defaults.ts", "replaced", true],
    ]);
  });

  it("are refused when they would lose edits, with the files and the remedy", () => {
    write();
    writeFileSync(join(temporary.path, "dev/dev01/a.ts"), "edited");
    const found = changesIn(temporary.path, new Map([["dev/defaults.ts", "other"]]));
    expect(() => {
      requireNoLoss("config", found);
    }).toThrow(
      [
        "Nothing was written, because these files were edited, or not written by npm run init:",
        "  config/dev/dev01/a.ts would be removed",
        "Commit or move them, and run the command again with --force.",
      ].join("\n"),
    );
  });

  it("are refused when the record cannot be read", () => {
    temporary.write(recordFile, "{");
    expect(() => changesIn(temporary.path, written)).toThrow(
      /\.init\.json is not a record of npm run init; restore it/,
    );
  });

  it.each([
    ["dev", "is a file or a symbolic link, and must be a folder; move or remove it"],
    ["dev/dev01", "is a file or a symbolic link, and must be a folder; move or remove it"],
    ["dev/dev01/a.ts/b", "is a folder, and must be a file; move or remove it"],
  ])("are refused when something else is in their place, at %s", (path, problem) => {
    const file = temporary.write(path);
    const named = path.endsWith("/b") ? dirname(file) : file;
    expect(() => changesIn(temporary.path, written)).toThrow(`${named} ${problem}`);
  });

  it("are refused where a folder is a symbolic link, as files elsewhere would change", () => {
    mkdirSync(join(temporary.path, "elsewhere"));
    symlinkSync("elsewhere", join(temporary.path, "dev"));
    expect(() => changesIn(temporary.path, written)).toThrow("/dev is a file or a symbolic link");
  });

  it("keep symbolic links as they are, and replace one without writing to its target", () => {
    const common = temporary.write("common/defaults.ts", "common");
    mkdirSync(join(temporary.path, "config/dev"), { recursive: true });
    const folder = join(temporary.path, "config");
    for (const name of ["defaults.ts", "kept.ts", "to-nothing"]) {
      symlinkSync(`../../common/${name === "kept.ts" ? "defaults.ts" : name}`, join(folder, "dev", name));
    }
    const found = changesIn(folder, written);
    expect(found).toContainEqual({ path: "dev/defaults.ts", change: "replaced", losesEdits: true });
    const next = NextConfiguration.create(folder, written, found);
    expect(readFileSync(common, "utf8")).toBe("common");
    next.moveIntoPlace();
    next.dispose();
    expect(readFileSync(common, "utf8")).toBe("common");
    expect(readFileSync(join(folder, "dev/defaults.ts"), "utf8")).toBe("one");
    expect(readlinkSync(join(folder, "dev/kept.ts"))).toBe("../../common/defaults.ts");
    expect(readlinkSync(join(folder, "dev/to-nothing"))).toBe("../../common/to-nothing");
  });

  it("are not made where the folder cannot be: one message says why", () => {
    const folder = join(temporary.path, "parent/config");
    const next = NextConfiguration.create(folder, written, changesIn(folder, written));
    temporary.write("parent");
    expect(() => {
      next.moveIntoPlace();
    }).toThrow(
      /^Nothing was written, because of [^\n]+; correct the permissions, or name another folder with --config$/,
    );
    next.dispose();
  });

  it("are shown as a tree", () => {
    write();
    temporary.write("accounts/shop/mine.ts");
    const found = changesIn(temporary.path, new Map([["dev/defaults.ts", "other"]]));
    expect(changeTree("config", found)).toEqual([
      "config/",
      "  accounts/",
      "    shop/",
      "      mine.ts    kept",
      "  dev/",
      "    defaults.ts  replaced",
      "    dev01/",
      "      a.ts       removed",
    ]);
  });

  it("are put in place together, without the folders that are then empty", () => {
    write();
    temporary.write("dev/dev02/b.ts", "mine");
    const files = new Map([["live/defaults.ts", "new"]]);
    const next = NextConfiguration.create(temporary.path, files, changesIn(temporary.path, files));
    expect(existsSync(join(temporary.path, "live"))).toBe(false);
    next.moveIntoPlace();
    next.dispose();
    expect(changes(files)).toEqual([
      ["dev/dev02/b.ts", "kept", false],
      ["live/defaults.ts", "unchanged", false],
    ]);
    expect(existsSync(join(temporary.path, "dev/dev01"))).toBe(false);
    expect(readFileSync(join(temporary.path, recordFile), "utf8")).toBe(recordText(files));
  });
});
