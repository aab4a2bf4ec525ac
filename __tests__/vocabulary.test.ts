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
  // A path such as "somebody/shop" and an address in a list are values.
  [/\b(nobody|somebody|everybody)\b(?!\/|"\])/i, "no client, another user, all ..."],
  [/\bstands? in\b/i, "is in"],
  [/\bdata stores?\b/i, "data service"],
  [/\bpeople\b/i, "operators, users"],
  [/\bin clear\b/i, "in plain text"],
  [/\bby itself goes back\b/i, "rolls back automatically"],
  [/(?<!\bthere )\bis no (?!longer\b)\w+/i, "is not a ..., must be a ..."],
];

/** This file names the words, a team's configuration uses its own, and fixtures of the microservice use the Unix user "nobody". */
const isExempt = (file: string) => /^(__tests__\/vocabulary\.test\.ts$|config\/|app\/test\/fixtures\/)/.test(file);

const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: project, encoding: "utf8" })
  .split("\n")
  .filter((file) => /\.(ts|mjs|js|cjs|md|yml|sh)$/.test(file) && !isExempt(file));

describe("messages, comments and documentation", () => {
  it("are looked for in the whole project", () => {
    expect(files.length).toBeGreaterThan(500);
  });

  it.each(forbidden)("do not use %s", (pattern, instead) => {
    const uses = files.flatMap((file) =>
      readFileSync(join(project, file), "utf8")
        .split("\n")
        .flatMap((line, index) =>
          pattern.test(line) ? [`${file}:${index + 1} (write ${instead}): ${line.trim()}`] : [],
        ),
    );
    expect(uses).toEqual([]);
  });
});
