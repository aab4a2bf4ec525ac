import { XMLParser } from "fast-xml-parser";
import { waitForRollout } from "../../../../cli/commands/rollout/wait";
import { headline, junitReportOf, markdownReport, textLines } from "../../../../cli/commands/rollout/report";
import { FakeClock } from "./recorded/clock";
import { containerUnhealthy, crashes, imageMissing } from "./recorded/failures";
import { ordersService } from "./recorded/names";
import { RecordedAws } from "./recorded/recorded-aws";
import type { Sequence } from "./recorded/sequence";
import { success } from "./recorded/success";
import { crashLoop } from "./recorded/unfinished";

const aws = new RecordedAws();
const statusAfter = (sequence: Sequence) =>
  waitForRollout(aws.play(sequence), ordersService, { clock: new FakeClock(), timeoutMs: 30_000 });

const xml = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" });

test("the text of a failure contains all evidence", async () => {
  const status = await statusAfter(containerUnhealthy);
  expect(headline(status)).toBe("orders: rolled back");
  expect(textLines(status)).toEqual(
    expect.arrayContaining([
      "The rollout failed and was rolled back; shop-orders-task-dev01:41 runs (1 of 1 tasks).",
      "Failure reasons",
      "Stopped tasks",
      "  3 x Task failed container health checks (ServiceSchedulerInitiated)",
      "      shop-orders-task-dev01:42, the last one 22450d8cbf7b4648ac0837b9a710e807",
      "      container orders: exit code 143, unhealthy",
      "Failed health checks",
      "Events",
      "  12:03:22Z has stopped 1 running tasks: (task 66066f5cae104f0fae66c804d885fae7).",
      "Last log lines, /shop/dev01/orders orders/orders/22450d8cbf7b4648ac0837b9a710e807",
      "  listening on 8080",
      "Running revisions",
      "  1 of 1  shop-orders-task-dev01:41  111122223333.dkr.ecr.us-east-1.amazonaws.com/orders-dev01-image:41.0.0",
    ]),
  );
});

test("the text names the log group where the failing task logged nothing", async () => {
  expect(textLines(await statusAfter(imageMissing))).toContain(
    "  none of the failing task; for other tasks: aws logs tail /shop/dev01/orders --region us-east-1",
  );
});

test("the JUnit report contains a failure with message and details for a service whose rollout failed", async () => {
  const document = junitReportOf("dev01-us-east-1", [await statusAfter(crashes)]);
  expect(document).toMatch(/<failure [^>]+>The rollout failed.*Error: DATABASE_URL is not set.*<\/failure>/s);
  const report: unknown = xml.parse(document);
  expect(report).toMatchObject({
    testsuites: {
      tests: "1",
      failures: "1",
      testsuite: {
        name: "rollout of dev01-us-east-1",
        testcase: {
          classname: "dev01-us-east-1",
          name: "orders rolls out",
          failure: { type: "rolled-back", message: "container orders ends with exit code 1" },
        },
      },
    },
  });
});

test("the JUnit report contains the duration and no failure for a service whose rollout succeeded", async () => {
  const document = junitReportOf("dev01-us-east-1", [await statusAfter(success)]);
  expect(document).toMatch(/<system-out>The rollout succeeded/);
  const report: unknown = xml.parse(document);
  expect(report).toMatchObject({ testsuites: { failures: "0", testsuite: { testcase: { time: "128" } } } });
  expect(report).not.toHaveProperty("testsuites.testsuite.testcase.failure");
});

test("the JUnit report escapes XML syntax, and replaces characters that XML excludes", async () => {
  const status = { ...(await statusAfter(crashes)), diagnosis: 'a < b & "c"\u0000' };
  const document = junitReportOf("dev01-us-east-1", [status]);
  expect(document).not.toContain("\u0000");
  expect(xml.parse(document)).toHaveProperty("testsuites.testsuite.testcase.failure.message", 'a < b & "c"\uFFFD');
});

test("the Markdown note starts with the outcome, and collapses the evidence", async () => {
  const note = markdownReport("dev01-us-east-1", [await statusAfter(crashes)]);
  expect(note).toMatch(/^## Rollout of dev01-us-east-1\n\n### orders: rolled back\n\nThe rollout failed/);
  expect(note).toContain("Likely cause:\n\n```text\ncontainer orders ends with exit code 1\n```");
  expect(note).toContain("<details><summary>Events</summary>\n\n```text\n12:00:12Z has started 1 tasks");
});

test("log lines do not end their code block in the Markdown note", async () => {
  const note = markdownReport("dev01-us-east-1", [await statusAfter(crashLoop)]);
  expect(note).toContain("````text\nError: Cannot find module '/app/dist/server.js'\n```\nno fence\n````");
});
