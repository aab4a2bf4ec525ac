import XMLBuilder from "fast-xml-builder";
import type { Finding } from "../../../policy/finding";
import type { CheckedStack, Report, ReportedRule } from "./report";

/** JUnit's XML, which GitLab and Jenkins show as tests: a suite for each stack, a test for each rule. */
export function junit({ rules, stacks, findings }: Report): string {
  const suites = stacks.map((stack) => {
    const cases = rules.map((rule) => testCase(rule, stack, findings));
    return {
      "@_name": stack.name,
      "@_tests": cases.length,
      "@_failures": cases.filter((each) => "failure" in each).length,
      "@_errors": 0,
      "@_skipped": cases.filter((each) => "skipped" in each).length,
      testcase: cases,
    };
  });
  return builder.build({ "?xml": { "@_version": "1.0", "@_encoding": "UTF-8" }, testsuites: { testsuite: suites } });
}

const builder = new XMLBuilder({ ignoreAttributes: false, format: true, suppressEmptyNode: true });

function testCase(
  { id, holds, why }: ReportedRule,
  { name, file, inProduction }: CheckedStack,
  all: readonly Finding[],
) {
  const own = all.filter(({ rule, stack }) => rule === id && stack === name);
  return {
    "@_name": id,
    "@_classname": name,
    "@_file": file,
    ...(own.length > 0 && {
      // Readers of JUnit show one failure of a test.
      failure: {
        "@_type": own[0]?.severity,
        "@_message": why,
        "#text": own.map(({ resource, message }) => `${resource}: ${message}`).join("\n"),
      },
    }),
    ...(holds === "production" && !inProduction && { skipped: { "@_message": "holds in production" } }),
  };
}
