import { existsSync, readFileSync } from "node:fs";
import { CloudWatchLogsClient, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from "@aws-sdk/client-ecs";
import { startEmulator, type Emulator } from "emulated-aws";
import { motoServer } from "../../cli/lib/emulator";
import { terraformEnvironment } from "../../cli/lib/terraform-environment";
import { fewerPauses } from "./fewer-pauses";
import { recordingBuilder } from "./pipeline/builder";
import { idToken, jobRoles } from "./pipeline/identity";
import { Pipeline, type Outcome } from "./pipeline/pipeline";
import { Repository } from "./pipeline/repository";
import { requireRsync } from "./pipeline/rsync";
import { devStage, prodStage } from "./pipeline/stages";

const stack = "dev02-us-east-1";
const file = "config/dev/dev02/us-east-1-dev02.ts";
const canary = "canary-3f1c9a";
const byPerson = { CI_PIPELINE_SOURCE: "web" };

describe("the pipeline of a dev stack", () => {
  const repository = new Repository({ [file]: devStage, "config/prod/prod01/us-east-1-prod01.ts": prodStage });
  const builds = `${repository.folder}/.git/builds`;
  let emulator: Emulator;
  let pipeline: Pipeline;

  beforeAll(async () => {
    await requireRsync();
    emulator = await startEmulator({
      accountId: "111122223333",
      buckets: [{ name: "appname-terraform-state-111122223333", region: "us-east-1" }],
      roles: jobRoles("111122223333", stack),
      policies: ["arn:aws:iam::111122223333:policy/pipeline/appname-workload-boundary-us-east-1"],
      motoServer: await motoServer(),
    });
    pipeline = new Pipeline(
      repository,
      { ...(await terraformEnvironment()), ...emulator.environment, ...fewerPauses },
      { AWS_ID_TOKEN: idToken(canary), CONTAINER_BUILDER: repository.program("builder", recordingBuilder(builds)) },
    );
  });
  afterAll(async () => {
    await emulator.stop();
    repository.remove();
  });

  const client = () => ({
    endpoint: emulator.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const exists = async (type: string) => (await emulator.inventory()).filter((each) => each.type === type).length;
  const ran = () => pipeline.jobs.filter((job) => job.includes(stack) || job.includes("prod01"));
  const counts = () =>
    JSON.parse(
      readFileSync(pipeline.artifact(`plan ${stack}`, `pipeline/${stack}/terraform-report.json`), "utf8"),
    ) as unknown;

  /** The image that the service runs. */
  async function running() {
    const ecs = new ECSClient(client());
    const described = await ecs.send(
      new DescribeServicesCommand({ cluster: "appname-ecs-cluster-dev02", services: ["appname-ecs-service-dev02"] }),
    );
    const { taskDefinition } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: described.services?.[0]?.taskDefinition }),
    );
    const [container] = taskDefinition?.containerDefinitions ?? [];
    return { image: container?.image, revision: taskDefinition?.revision };
  }

  it("stops at its first job when a variable is not set", async () => {
    const outcome = await pipeline.prepare({ ...byPerson, CONTAINER_BUILDER: "" }, "variables set");
    expect(outcome.exitCode).toBe(1);
    expect(outcome.output).toContain("CONTAINER_BUILDER is not set");
    expect(pipeline.jobs).toEqual(["variables set"]);
  });

  it("plans only, in a merge request, and only the stack that changes", async () => {
    const base = repository.git("rev-parse", "HEAD");
    repository.git("checkout", "--quiet", "-b", "longer-logs");
    repository.write(file, devStage.replace("...webDefaults,", "...webDefaults, logRetentionDays: 30,"));
    repository.commit("Keep logs for longer");
    const request = {
      CI_PIPELINE_SOURCE: "merge_request_event",
      CI_MERGE_REQUEST_IID: "7",
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      CI_COMMIT_BRANCH: undefined,
    };
    expectSuccess(await pipeline.prepare(request, "variables set", "policy"));
    expectSuccess(await pipeline.child(request));
    expect(ran()).toEqual([`plan ${stack}`]);
    expect(counts()).toMatchObject({ update: 0, delete: 0 });
    expect(pipeline.logOf(`plan ${stack}`)).toContain("Plan: ");
    expect(await exists("Cluster")).toBe(0);
  });

  it("applies the plan file on main, builds the image, migrates, releases, and reports the rollout", async () => {
    repository.git("checkout", "--quiet", "main");
    repository.git("merge", "--quiet", "longer-logs");
    const commit = repository.git("rev-parse", "HEAD");
    expectSuccess(await pipeline.prepare(byPerson));
    expectSuccess(await pipeline.child(byPerson));
    expect(ran()).toEqual(["apply", "image", "migrate", "plan", "release", "rollout"].map((job) => `${job} ${stack}`));
    expect((await running()).image).toMatch(new RegExp(`/appname-dev02-image:${commit}$`));
    expect(readFileSync(builds, "utf8")).toMatch(new RegExp(`^build .*:${commit} .*app$`, "m"));
    expect(emulator.unanswered).toEqual([]);
  });

  it("plans nothing in a second pipeline of the same stacks", async () => {
    expectSuccess(await pipeline.child(byPerson, `plan ${stack}`));
    expect(counts()).toEqual({ create: 0, update: 0, delete: 0 });
  });

  it("releases a new revision when the sources of its image change, and plans nothing", async () => {
    const before = repository.git("rev-parse", "HEAD");
    const { revision = 0 } = await running();
    repository.write("app/src/new.ts", "");
    const commit = repository.commit("Change the service");
    const push = { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BEFORE_SHA: before };
    expectSuccess(await pipeline.prepare(push));
    expectSuccess(await pipeline.child(push));
    expect(ran()).toEqual(["image", "migrate", "release", "rollout"].map((job) => `${job} ${stack}`));
    const now = await running();
    expect(now.image).toMatch(new RegExp(`:${commit}$`));
    expect(now.revision).toBeGreaterThan(revision);
  });

  it("has no jobs for a commit that changes neither", async () => {
    const before = repository.git("rev-parse", "HEAD");
    repository.write("notes.md", "");
    repository.commit("Take notes");
    const push = { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BEFORE_SHA: before };
    expectSuccess(await pipeline.prepare(push));
    expectSuccess(await pipeline.child(push));
    expect(pipeline.jobs).toContain("nothing to do");
    expect(ran()).toEqual([]);
  });

  it("reports manual changes on a schedule", async () => {
    await new CloudWatchLogsClient(client()).send(
      new PutRetentionPolicyCommand({ logGroupName: "/appname/dev02/appname", retentionInDays: 1 }),
    );
    const schedule = { CI_PIPELINE_SOURCE: "schedule" };
    expectSuccess(await pipeline.prepare(schedule));
    const { exitCode } = await pipeline.part("dev-1", schedule, `drift ${stack}`);
    expect(exitCode).toBe(1);
    expect(pipeline.logOf(`drift ${stack}`)).toMatch(
      /aws_cloudwatch_log_group.* \(update\)\n.*retention_in_days: is 1, /,
    );
    const report = pipeline.artifact(`drift ${stack}`, `pipeline/${stack}/drift.xml`);
    expect(readFileSync(report, "utf8")).toContain('failures="1"');
  });

  it("leaves no secret in a log or an artifact", () => {
    expect(existsSync(pipeline.artifact(`drift ${stack}`))).toBe(true);
    expect(pipeline.kept.length).toBeGreaterThan(10);
    expect(pipeline.log.filter((line) => line.includes(canary))).toEqual([]);
    expect(pipeline.kept.filter(({ content }) => content.includes(canary))).toEqual([]);
  });
});

function expectSuccess({ exitCode, output }: Outcome): void {
  expect({ exitCode, output: exitCode === 0 ? "" : output }).toEqual({ exitCode: 0, output: "" });
}
