import XMLBuilder from "fast-xml-builder";
import type { Verdict } from "../judge";
import { textOf } from "./text";

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  format: true,
  suppressBooleanAttributes: false,
});

/** A JUnit report with a test for each service. https://docs.gitlab.com/ci/testing/unit_test_reports/ */
export function junitOf(stack: string, verdicts: readonly Verdict[]): string {
  const seconds = verdicts.map((verdict) => verdict.seconds);
  const counts = {
    "@tests": verdicts.length,
    "@failures": verdicts.filter(({ outcome }) => outcome !== "succeeded").length,
    "@errors": 0,
    // Services roll out side by side.
    "@time": Math.max(0, ...seconds),
  };
  const suite = {
    "@name": `rollout of ${stack}`,
    ...counts,
    testcase: verdicts.map((verdict) => testCase(stack, verdict)),
  };
  const declaration = { "@version": "1.0", "@encoding": "UTF-8" };
  return builder.build({ "?xml": declaration, testsuites: { ...counts, testsuite: suite } });
}

function testCase(stack: string, verdict: Verdict) {
  const { target, outcome, summary, diagnosis, seconds } = verdict;
  const details = writable(textOf(verdict).join("\n"));
  return {
    "@classname": stack,
    "@name": `${target.name} rolls out`,
    "@time": seconds,
    ...(outcome === "succeeded"
      ? { "system-out": details }
      : { failure: { "@type": outcome, "@message": writable(diagnosis ?? summary), "#text": details } }),
  };
}

/** XML cannot hold every character that a program may log. https://www.w3.org/TR/xml/#charsets */
const writable = (text: string) => text.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
