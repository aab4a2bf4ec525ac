import { join } from "node:path";
import { findProgram } from "../../../../cli/lib/toolchain/find-program";
import { TemporaryFolder } from "./temporary-folder";

const folder = new TemporaryFolder();

test("the first folder of the search path wins", () => {
  const first = folder.script("a/tool", "");
  folder.script("b/tool", "");
  expect(findProgram("tool", `${folder.path}/none:${folder.path}/a:${folder.path}/b`)).toBe(first);
});

test("a file that cannot be executed, and a folder, are no programs", () => {
  folder.write("a/tool");
  folder.write("b/tool/file");
  expect(findProgram("tool", `${folder.path}/a:${folder.path}/b`)).toBeUndefined();
});

test("a path is not searched for", () => {
  const tool = folder.script("a/tool", "");
  expect(findProgram(tool, "")).toBe(tool);
  expect(findProgram(join(folder.path, "tool"), `${folder.path}/a`)).toBeUndefined();
});
