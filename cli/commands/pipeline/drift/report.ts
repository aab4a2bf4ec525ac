import XMLBuilder from "fast-xml-builder";
import type { Drifted } from "./difference";

/** What became of one stack. */
export interface StackDrift {
  readonly stack: string;
  readonly drifted: readonly Drifted[];
  /** Why it could not be looked at. @default - it could */
  readonly error?: string;
}

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  format: true,
  suppressBooleanAttributes: false,
});

/** The lines that tell how a resource differs. */
export function linesOf({ address, action, differences }: Drifted): string[] {
  const details = differences.map(({ attribute, is, shouldBe }) => `  ${attribute}: is ${is}, should be ${shouldBe}`);
  return [`${address} (${action})`, ...details];
}

/** What a person reads. */
export function markdownOf(stacks: readonly StackDrift[]): string {
  return `${stacks.map(partOf).join("\n\n")}\n`;
}

function partOf({ stack, drifted, error }: StackDrift): string {
  if (error !== undefined) return [`### ${stack}: not known`, fenced([error])].join("\n\n");
  if (drifted.length === 0) return `### ${stack}: as it should be`;
  const count = drifted.length === 1 ? "one resource differs" : `${drifted.length} resources differ`;
  return [`### ${stack}: ${count}`, fenced(drifted.flatMap(linesOf))].join("\n\n");
}

/** A JUnit report with a test for each stack. https://docs.gitlab.com/ci/testing/unit_test_reports/ */
export function junitOf(stacks: readonly StackDrift[]): string {
  const counts = {
    "@tests": stacks.length,
    "@failures": stacks.filter(({ drifted }) => drifted.length > 0).length,
    "@errors": stacks.filter(({ error }) => error !== undefined).length,
  };
  const testcase = stacks.map(({ stack, drifted, error }) => ({
    "@classname": "drift",
    "@name": stack,
    ...(error !== undefined && {
      error: { "@message": writable(error.split("\n")[0] ?? ""), "#text": writable(error) },
    }),
    ...(drifted.length > 0 && {
      failure: {
        "@message": `${drifted.length} drifted`,
        "#text": writable(drifted.flatMap(linesOf).join("\n")),
      },
    }),
  }));
  const declaration = { "@version": "1.0", "@encoding": "UTF-8" };
  const testsuite = { "@name": "drift", ...counts, testcase };
  return builder.build({ "?xml": declaration, testsuites: { ...counts, testsuite } });
}

/** Text as it is: the fence is longer than any that it holds. */
function fenced(lines: readonly string[]): string {
  const text = lines.join("\n");
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, text, fence].join("\n");
}

/** XML cannot hold every character. https://www.w3.org/TR/xml/#charsets */
const writable = (text: string) => text.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
