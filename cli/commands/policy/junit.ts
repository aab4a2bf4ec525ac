import XMLBuilder from "fast-xml-builder";
import type { AcceptedFinding, Finding } from "../../../policy/finding";
import type { CheckedStack, Report, ReportedRule } from "./report";

/** JUnit's XML, which GitLab and Jenkins show as tests: a suite for each stack, a test for each rule. */
export function junit({ rules, stacks, findings, accepted }: Report): string {
  const suites = stacks.map((stack) => {
    const cases = rules.map((rule) => testCase(rule, stack, findings, accepted));
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
  { id, appliesTo, rationale }: ReportedRule,
  { name, file, inProduction }: CheckedStack,
  all: readonly Finding[],
  accepted: readonly AcceptedFinding[],
) {
  const own = all.filter(({ rule, stack }) => rule === id && stack === name);
  const permitted = accepted.filter(({ rule, stack }) => rule === id && stack === name);
  return {
    "@_name": id,
    "@_classname": name,
    "@_file": file,
    ...(own.length > 0 && {
      // Programs that read JUnit show one failure of a test.
      failure: {
        "@_type": own[0]?.severity,
        "@_message": rationale,
        "#text": own.map(({ resource, message }) => `${resource}: ${message}`).join("\n"),
      },
    }),
    ...(appliesTo === "production" && !inProduction && { skipped: { "@_message": "applies to production" } }),
    ...(permitted.length > 0 && {
      "system-out": permitted.map(({ resource, field }) => `${resource}: accepted by ${field}`).join("\n"),
    }),
  };
}
