import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";
import { junit } from "../../../../cli/commands/policy/formats";
import { reportedRules } from "../../../../cli/commands/policy/report";
import { report } from "./example-report";

// The schema of Jenkins for the elements of the report: https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
const count = z.string().regex(/^\d+$/).transform(Number);
const testcase = z.strictObject({
  "@_name": z.string().min(1),
  "@_classname": z.string().min(1),
  "@_file": z.string().min(1),
  failure: z.strictObject({ "@_type": z.string(), "@_message": z.string(), "#text": z.string() }).optional(),
  skipped: z.strictObject({ "@_message": z.string() }).optional(),
});
const testsuite = z.strictObject({
  "@_name": z.string().min(1),
  "@_tests": count,
  "@_failures": count,
  "@_errors": count,
  "@_skipped": count,
  testcase: z.array(testcase),
});
const document = z.object({
  testsuites: z.strictObject({
    "@_tests": count,
    "@_failures": count,
    "@_errors": count,
    testsuite: z.array(testsuite),
  }),
});

const xml = junit(report);
const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => ["testsuite", "testcase"].includes(name) });
const suites = document.parse(parser.parse(xml)).testsuites.testsuite;

describe("the JUnit report", () => {
  it("is well formed", () => {
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>/);
  });

  it("has a suite for each stack, and a test for each rule", () => {
    expect(suites.map((suite) => suite["@_name"])).toEqual(["dev02-us-east-1", "prod01-us-east-1"]);
    for (const suite of suites) {
      expect(suite["@_tests"]).toBe(reportedRules.length);
      expect(suite.testcase.map((each) => each["@_name"])).toEqual(reportedRules.map(({ id }) => id));
    }
  });

  it("lists all findings of a rule in one failure", () => {
    const [failed] = suites[0]?.testcase.filter(({ failure }) => failure !== undefined) ?? [];
    expect(suites.map((suite) => suite["@_failures"])).toEqual([2, 0]);
    expect(failed?.["@_name"]).toBe("public-ports");
    expect(failed?.failure?.["#text"].split("\n")).toHaveLength(2);
    expect(failed?.failure?.["#text"]).toContain('"close" it & <go>');
  });

  it("skips rules for production in other stages", () => {
    const ofProduction = reportedRules.filter(({ holds }) => holds === "production").length;
    expect(suites.map((suite) => suite["@_skipped"])).toEqual([ofProduction, 0]);
  });
});
