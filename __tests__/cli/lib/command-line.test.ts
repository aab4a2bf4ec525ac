import { relative } from "node:path";
import { Command } from "commander";
import { configOption } from "../../../cli/lib/command-line";
import { configFolder } from "../../../cli/lib/project";
import { TemporaryFolder } from "./temporary-folder";

const folder = new TemporaryFolder();

function configOf(...args: readonly string[]): unknown {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  return command.addOption(configOption()).parse(args, { from: "user" }).opts().config;
}

test("--config is config/ of the project by default", () => {
  expect(configOf()).toBe(configFolder);
});

test("--config is relative to the working directory", () => {
  expect(configOf("--config", relative(process.cwd(), folder.path))).toBe(folder.path);
});

test("--config is refused when there is no such folder", () => {
  folder.write("file", "");
  const refusal = (name: string) => `There is no folder ${folder.path}/${name}; name one that contains stage files.`;
  expect(() => configOf("--config", `${folder.path}/nowhere`)).toThrow(refusal("nowhere"));
  expect(() => configOf("--config", `${folder.path}/file`)).toThrow(refusal("file"));
});
