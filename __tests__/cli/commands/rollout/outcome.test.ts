import { exitCodeHelp, exitCodeOf, exitCodes } from "../../../../cli/commands/rollout/outcome";

test("every outcome has an exit code of its own, and 1 is left to errors", () => {
  expect(exitCodes).toEqual({ succeeded: 0, "rolled-back": 2, "timed-out": 3, failed: 4 });
});

test("of several services the worst counts", () => {
  expect(exitCodeOf(["succeeded", "failed", "rolled-back"])).toBe(4);
  expect(exitCodeOf(["succeeded", "succeeded"])).toBe(0);
});

test("the help explains every exit code", () => {
  for (const code of [1, ...Object.values(exitCodes)]) expect(exitCodeHelp).toMatch(new RegExp(`^  ${code}  \\w`, "m"));
});
