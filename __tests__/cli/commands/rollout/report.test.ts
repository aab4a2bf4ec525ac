import { XMLParser } from "fast-xml-parser";
import { awaitVerdict } from "../../../../cli/commands/rollout/await-rollout";
import { junitOf } from "../../../../cli/commands/rollout/report/junit";
import { markdownOf } from "../../../../cli/commands/rollout/report/markdown";
import { headline, textOf } from "../../../../cli/commands/rollout/report/text";
import { FakeClock } from "./recorded/clock";
import { containerUnhealthy, crashes, imageMissing } from "./recorded/failures";
import { target } from "./recorded/names";
import { RecordedAws } from "./recorded/recorded-aws";
import type { Sequence } from "./recorded/sequence";
import { success } from "./recorded/success";
import { crashLoop } from "./recorded/unfinished";

const aws = new RecordedAws();
const verdictAfter = (sequence: Sequence) =>
  awaitVerdict(aws.play(sequence), target, { clock: new FakeClock(), timeoutMs: 30_000 });

const xml = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" });

test("the text of a failure tells all that a person needs", async () => {
  const verdict = await verdictAfter(containerUnhealthy);
  expect(headline(verdict)).toBe("orders: rolled back");
  expect(textOf(verdict)).toEqual(
    expect.arrayContaining([
      "The rollout failed and was rolled back; shop-orders-task-dev01:41 runs (1 of 1 tasks).",
      "Why ECS gave up",
      "Stopped tasks",
      "  3 x Task failed container health checks (ServiceSchedulerInitiated)",
      "      shop-orders-task-dev01:42, the last one 22450d8cbf7b4648ac0837b9a710e807",
      "      container orders: exit code 143, unhealthy",
      "Failing health checks",
      "Events",
      "  12:03:22Z has stopped 1 running tasks: (task 66066f5cae104f0fae66c804d885fae7).",
      "Last log lines, /shop/dev01/orders orders/orders/22450d8cbf7b4648ac0837b9a710e807",
      "  listening on 8080",
      "Running now",
      "  1 of 1  shop-orders-task-dev01:41  111122223333.dkr.ecr.us-east-1.amazonaws.com/orders-dev01-image:41.0.0",
    ]),
  );
});

test("a task without a log names the log group", async () => {
  expect(textOf(await verdictAfter(imageMissing))).toContain(
    "  none of the failing task; for others: aws logs tail /shop/dev01/orders --region us-east-1",
  );
});

test("the JUnit report has a failure with message and details for a service that failed", async () => {
  const document = junitOf("dev01-us-east-1", [await verdictAfter(crashes)]);
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

test("the JUnit report has no failure for a service that succeeded, and how long it took", async () => {
  const document = junitOf("dev01-us-east-1", [await verdictAfter(success)]);
  expect(document).toMatch(/<system-out>The rollout succeeded/);
  const report: unknown = xml.parse(document);
  expect(report).toMatchObject({ testsuites: { failures: "0", testsuite: { testcase: { time: "128" } } } });
  expect(report).not.toHaveProperty("testsuites.testsuite.testcase.failure");
});

test("the JUnit report holds what XML cannot, and what means something in XML", async () => {
  const verdict = { ...(await verdictAfter(crashes)), diagnosis: 'a < b & "c"\u0000' };
  const document = junitOf("dev01-us-east-1", [verdict]);
  expect(document).not.toContain("\u0000");
  expect(xml.parse(document)).toHaveProperty("testsuites.testsuite.testcase.failure.message", 'a < b & "c"\uFFFD');
});

test("the Markdown note tells the outcome, and unfolds the rest", async () => {
  const note = markdownOf("dev01-us-east-1", [await verdictAfter(crashes)]);
  expect(note).toMatch(/^## Rollout of dev01-us-east-1\n\n### orders: rolled back\n\nThe rollout failed/);
  expect(note).toContain("Look at this first:\n\n```text\ncontainer orders ends with exit code 1\n```");
  expect(note).toContain("<details><summary>Events</summary>\n\n```text\n12:00:12Z has started 1 tasks");
});

test("what a program logs does not end its block in the Markdown note", async () => {
  const note = markdownOf("dev01-us-east-1", [await verdictAfter(crashLoop)]);
  expect(note).toContain("````text\nError: Cannot find module '/app/dist/server.js'\n```\nno fence\n````");
});
