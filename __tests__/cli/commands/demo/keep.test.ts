import { execFileSync } from "node:child_process";
import { exportLines } from "../../../../cli/commands/demo/keep";

test("undefined variables are unset, and variables that already have the value are left out", () => {
  expect(exportLines({ A: "1", B: undefined, C: "3", D: undefined }, { B: "2", C: "3" })).toEqual([
    "export A=1",
    "unset B",
  ]);
});

test.each(["", "two words", "it's", "$HOME `x` \\", "a;b"])("a shell reads the value %p unchanged", (value) => {
  const script = [...exportLines({ VALUE: value }, {}), 'printf %s "$VALUE"'].join("\n");
  expect(execFileSync("/bin/sh", ["-c", script]).toString()).toBe(value);
});
