import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const project = join(__dirname, "..");

/** Words that the project does not use, and what it says instead. */
const forbidden: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\bmend(s|ed|ing)?\b/i, "fix, remediation"],
  [/\bways? in\b|ways-in|\bwayIn/i, "ingress"],
  [/\bways? out\b|\bwayOut/i, "egress"],
  [/\b(tells?|told)\b/i, "reports, states, configures, is set to"],
  [/\bwhoever\b/i, "whichever client, any principal that"],
  [/\bwhat nobody\b/i, "what no resource (or user) ..."],
  [/\bstands? in\b/i, "is in"],
  [/\bin clear\b/i, "in plain text"],
  [/\bby itself goes back\b/i, "rolls back automatically"],
  [/\bis no (list|text|choice|switch|way|object|name|address|number|region|rule|stage)\b/i, "must be a ..."],
];

/** As above, for all files but those of the microservice in app/. */
const forbiddenOutsideApp: typeof forbidden = [
  // A path such as "somebody/shop" and an address in a list are values.
  [/\b(nobody|somebody|everybody)\b(?!\/|"\])/i, "no client, another user, all ..."],
  [/(?<!\bthere )\bis no (?!longer\b)\w+/i, "is not a ..., must be a ..."],
];

/** Decision records are history; this file names the words. */
const isHistory = (file: string) => file.startsWith("docs/decisions/") || file === "__tests__/vocabulary.test.ts";

const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: project, encoding: "utf8" })
  .split("\n")
  .filter((file) => /\.(ts|mjs|js|cjs|md|yml|sh)$/.test(file) && !isHistory(file));

const usesOf = (pattern: RegExp, instead: string, within: readonly string[]) =>
  within.flatMap((file) =>
    readFileSync(join(project, file), "utf8")
      .split("\n")
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file}:${index + 1} (write ${instead}): ${line.trim()}`] : [],
      ),
  );

describe("messages, comments and documentation", () => {
  it("are looked for in the whole project", () => {
    expect(files.length).toBeGreaterThan(500);
  });

  it.each(forbidden)("do not use %s", (pattern, instead) => {
    expect(usesOf(pattern, instead, files)).toEqual([]);
  });

  it.each(forbiddenOutsideApp)("do not use %s outside app/", (pattern, instead) => {
    const others = files.filter((file) => !file.startsWith("app/"));
    expect(usesOf(pattern, instead, others)).toEqual([]);
  });
});
