import { execFileSync } from "node:child_process";
import { exportLines } from "../command";

test("undefined variables are unset, and those with the current value are left out", () => {
  expect(exportLines({ A: "1", B: undefined, C: "3", D: undefined }, { B: "2", C: "3" })).toEqual([
    "export A=1",
    "unset B",
  ]);
});

test.each(["", "two words", "it's", "$HOME `x` \\", "a;b"])("a shell reads the value %p as it is", (value) => {
  const script = [...exportLines({ VALUE: value }), 'printf %s "$VALUE"'].join("\n");
  expect(execFileSync("/bin/sh", ["-c", script]).toString()).toBe(value);
});
