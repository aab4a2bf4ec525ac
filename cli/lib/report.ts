import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import XMLBuilder from "fast-xml-builder";
import { ToolError } from "./tool-error";

/** Why a test did not succeed. */
export interface JunitProblem {
  /** Kind of the problem, such as a severity. @default - none */
  readonly type?: string;
  /** One line. */
  readonly message: string;
  readonly details: string;
}

/** One test of a JUnit report. */
export interface JunitTest {
  readonly name: string;
  /** @default - the name of the suite */
  readonly className?: string;
  /** File that the test is about, from the project's root. @default - none */
  readonly file?: string;
  /** @default - not measured */
  readonly seconds?: number;
  /** The tested condition does not hold. @default - it holds */
  readonly failure?: JunitProblem;
  /** The test could not be run. @default - it was run */
  readonly error?: JunitProblem;
  /** Why the test does not apply. @default - it applies */
  readonly skipped?: string;
  /** @default - none */
  readonly output?: string;
}

/** Tests that are shown together. */
export interface JunitSuite {
  readonly name: string;
  readonly tests: readonly JunitTest[];
  /** @default - not measured */
  readonly seconds?: number;
}

/** A JUnit report, which GitLab and Jenkins show as tests. https://docs.gitlab.com/ci/testing/unit_test_reports/ */
export function junitReport(suites: readonly JunitSuite[]): string {
  const tests = suites.flatMap((suite) => suite.tests);
  const seconds = suites.flatMap((suite) => suite.seconds ?? []);
  const total = seconds.length === 0 ? undefined : seconds.reduce((sum, value) => sum + value, 0);
  return builder.build({
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    testsuites: {
      ...countAttributes(tests),
      ...timeAttribute(total),
      testsuite: suites.map((suite) => ({
        "@name": xmlText(suite.name),
        ...countAttributes(suite.tests),
        "@skipped": suite.tests.filter(({ skipped }) => skipped !== undefined).length,
        ...timeAttribute(suite.seconds),
        testcase: suite.tests.map((test) => testCase(test, suite.name)),
      })),
    },
  });
}

/** A block of plain text in Markdown, whose fence is longer than any that the text contains. */
export function codeBlock(lines: readonly string[]): string {
  const text = lines.join("\n");
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, text, fence].join("\n");
}

/** A collapsed section of plain text in Markdown. */
export function collapsedSection(title: string, lines: readonly string[]): string {
  return [`<details><summary>${title}</summary>`, codeBlock(lines), "</details>"].join("\n\n");
}

/**
 * Writes a report, and creates the folders of its path.
 *
 * @param option command-line option that names the file, such as `--junit`
 * @throws ToolError when the file cannot be written
 */
export function writeReport(option: string, file: string, content: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ToolError(`${option} ${file} cannot be written (${reason}); name a file in a writable folder`);
  }
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  format: true,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
});

function countAttributes(tests: readonly JunitTest[]) {
  return {
    "@tests": tests.length,
    "@failures": tests.filter(({ failure }) => failure !== undefined).length,
    "@errors": tests.filter(({ error }) => error !== undefined).length,
  };
}

const timeAttribute = (seconds: number | undefined) => (seconds === undefined ? {} : { "@time": seconds });

function testCase(
  { name, className, file, seconds, failure, error, skipped, output }: JunitTest,
  suiteName: string,
): object {
  return {
    "@classname": xmlText(className ?? suiteName),
    "@name": xmlText(name),
    ...(file !== undefined && { "@file": xmlText(file) }),
    ...timeAttribute(seconds),
    ...(failure !== undefined && { failure: problemElement(failure) }),
    ...(error !== undefined && { error: problemElement(error) }),
    ...(skipped !== undefined && { skipped: { "@message": xmlText(skipped) } }),
    ...(output !== undefined && { "system-out": xmlText(output) }),
  };
}

function problemElement({ type, message, details }: JunitProblem): object {
  return {
    ...(type !== undefined && { "@type": xmlText(type) }),
    "@message": xmlText(message),
    "#text": xmlText(details),
  };
}

/** XML 1.0 excludes most control characters. https://www.w3.org/TR/xml/#charsets */
const xmlText = (text: string) => text.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
