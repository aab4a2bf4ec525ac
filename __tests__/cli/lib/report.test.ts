import { XMLParser } from "fast-xml-parser";
import { codeBlock, junitReport, writeReport } from "../../../cli/lib/report";
import { TemporaryFolder } from "./temporary-folder";

const parse = (document: string): unknown =>
  new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" }).parse(document);

describe("a JUnit report", () => {
  const problem = { message: "one line", details: "several\nlines" };
  const tests = [
    { name: "succeeds" },
    { name: "fails", failure: { ...problem, type: "high" } },
    { name: "fails too", failure: problem },
    { name: "cannot run", error: problem },
    ...["one", "two", "three"].map((name) => ({ name, skipped: "only in production" })),
  ];

  it("counts failures, errors and skipped tests", () => {
    expect(parse(junitReport([{ name: "suite", tests }]))).toMatchObject({
      testsuites: {
        tests: "7",
        failures: "2",
        errors: "1",
        testsuite: { name: "suite", tests: "7", failures: "2", errors: "1", skipped: "3" },
      },
    });
  });

  it("counts the tests of all suites", () => {
    const suites = [
      { name: "one", seconds: 2, tests },
      { name: "two", seconds: 3, tests },
    ];
    expect(parse(junitReport(suites))).toMatchObject({ testsuites: { tests: "14", failures: "4", time: "5" } });
  });

  it("has no time where none was measured", () => {
    expect(junitReport([{ name: "suite", tests }])).not.toContain("time=");
  });

  it("holds problems with their message and details, and the reason of a skipped test", () => {
    expect(parse(junitReport([{ name: "suite", tests }]))).toMatchObject({
      testsuites: {
        testsuite: {
          testcase: [
            { classname: "suite", name: "succeeds" },
            { failure: { type: "high", message: "one line", "#text": "several\nlines" } },
            { failure: { message: "one line", "#text": "several\nlines" } },
            { error: { message: "one line", "#text": "several\nlines" } },
            { name: "one", skipped: { message: "only in production" } },
            { name: "two" },
            { name: "three" },
          ],
        },
      },
    });
  });

  it("replaces characters that XML excludes, and escapes its syntax", () => {
    const message = 'a < b & "c"\u0000';
    const document = junitReport([
      { name: "suite", tests: [{ name: message, failure: { message, details: message } }] },
    ]);
    expect(document).not.toContain("\u0000");
    const text = 'a < b & "c"\uFFFD';
    expect(parse(document)).toMatchObject({
      testsuites: { testsuite: { testcase: { name: text, failure: { message: text, "#text": text } } } },
    });
  });
});

test("a Markdown code block is not ended by a fence in its text", () => {
  expect(codeBlock(["plain"])).toBe("```text\nplain\n```");
  expect(codeBlock(["one", "```", "two"])).toBe("````text\none\n```\ntwo\n````");
});

describe("a report file", () => {
  const folder = new TemporaryFolder();

  it("that cannot be written is reported with its option", () => {
    const file = folder.write("file", "");
    expect(() => {
      writeReport("--junit", `${file}/report.xml`, "");
    }).toThrow(/^--junit .*report\.xml cannot be written \(.+\); name a file in a writable folder$/);
  });
});
