import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../../../cli/lib/project";
import { run } from "../../../../cli/lib/run";
import { TemporaryFolder } from "../../lib/temporary-folder";
import { crashes } from "./recorded/failures";
import { RecordedAws } from "./recorded/recorded-aws";
import { success } from "./recorded/success";
import { fixtureConfig } from "../../../fixtures/config";

const aws = new RecordedAws();
const folder = new TemporaryFolder();

/** Runs the command against the recorded AWS, as a pipeline does. */
function rollout(...args: readonly string[]) {
  const env = {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: undefined,
    AWS_DEFAULT_REGION: undefined,
  };
  return run(process.execPath, ["cli/run.mjs", "cli/commands/rollout.ts", "--config", fixtureConfig, ...args], {
    cwd: projectFolder,
    env,
  });
}

test("prints a rollback in plain lines, writes both reports, and exits with 2", async () => {
  aws.play({ ...crashes, polls: crashes.polls.slice(-1) });
  const [junit, markdown] = [join(folder.path, "reports/junit.xml"), join(folder.path, "reports/note.md")];
  const { exitCode, tail } = await rollout("dev02-us-east-1", "--junit", junit, "--markdown", markdown);
  expect(exitCode).toBe(2);
  expect(tail).toEqual(expect.arrayContaining(["appname: rolled back", "    Error: DATABASE_URL is not set"]));
  expect(tail.filter((line) => line.includes("(task 22450d8cbf7b4648ac0837b9a710e807)"))).toHaveLength(2);
  expect(readFileSync(junit, "utf8")).toContain('<testcase classname="dev02-us-east-1" name="appname rolls out"');
  expect(readFileSync(markdown, "utf8")).toContain("### appname: rolled back");
});

test("exits with 0 after a success", async () => {
  aws.play({ polls: success.polls.slice(-1) });
  const { exitCode, tail } = await rollout("dev02-us-east-1", "appname");
  expect(exitCode).toBe(0);
  expect(tail).toContain("  The rollout succeeded; shop-orders-task-dev01:42 runs (1 of 1 tasks).");
});

test("reports invalid input in one line, and exits with 1", async () => {
  const { exitCode, tail } = await rollout("dev09-us-east-1");
  expect(exitCode).toBe(1);
  expect(tail).toEqual([
    expect.stringMatching(/^there is no stack "dev09-us-east-1"; choose one of dev02-eu-west-1, /),
  ]);
});
