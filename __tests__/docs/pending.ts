/** What pages name already, and the next changes add. */
export const pending: Readonly<Record<"fields" | "options" | "pages" | "scripts" | "tests", readonly string[]>> = {
  fields: ["providerVersion"],
  options: ["--config"],
  pages: ["docs/start.md", "docs/versions.md"],
  scripts: ["init", "test:config", "test:exhaustive"],
  tests: ["__tests__/e2e/init.test.ts"],
};
