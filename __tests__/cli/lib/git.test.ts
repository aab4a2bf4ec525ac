import { currentCommit } from "../../../cli/lib/git";

test("CI_COMMIT_SHA takes precedence over the commit of the checkout", async () => {
  expect(await currentCommit({ CI_COMMIT_SHA: "c0ffee" })).toBe("c0ffee");
  expect(await currentCommit({})).toMatch(/^[0-9a-f]{40}$/);
});
