/** What pages name already, and the next changes add. */
export const pending: Readonly<Record<"pages" | "scripts" | "tests", readonly string[]>> = {
  pages: ["docs/start.md"],
  scripts: ["init", "test:exhaustive"],
  tests: ["__tests__/e2e/init.test.ts"],
};
