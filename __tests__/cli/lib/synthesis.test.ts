import { appArguments, synthCommand } from "../../../cli/lib/synthesis";
import { TemporaryFolder } from "./temporary-folder";

const folder = new TemporaryFolder();

beforeEach(() => {
  folder.write("cdktf.json", JSON.stringify({ app: "node cli/run.mjs main.ts" }));
});

test("config/ is synthesized by the program that cdktf.json names", () => {
  expect(appArguments(`${folder.path}/config`, folder.path)).toEqual([]);
});

test("another folder is an argument of that program, also with a space in its name", () => {
  expect(appArguments("/teams/one", folder.path)).toEqual(["--app", "node cli/run.mjs main.ts /teams/one"]);
  expect(appArguments("/team one", folder.path)).toEqual(["--app", "node cli/run.mjs main.ts '/team one'"]);
});

test("the command that synthesizes names another folder", () => {
  expect(synthCommand(`${folder.path}/config`, folder.path)).toBe("npm run synth");
  expect(synthCommand("/teams/one", folder.path)).toBe("npm run synth -- --app 'node cli/run.mjs main.ts /teams/one'");
});
