import { startEmulator, type Emulator } from "emulated-aws";
import { motoServer } from "../../cli/lib/emulator";
import { terraformEnvironment } from "../../cli/lib/terraform-environment";
import { fewerPauses } from "./fewer-pauses";
import { recordingBuilder } from "./pipeline/builder";
import { idToken, jobRoles } from "./pipeline/identity";
import { Pipeline } from "./pipeline/pipeline";
import { Repository } from "./pipeline/repository";
import { requireRsync } from "./pipeline/rsync";
import { devStage, prodStage } from "./pipeline/stages";

const stack = "prod01-us-east-1";
const release = { CI_PIPELINE_SOURCE: "push", CI_COMMIT_TAG: "v1.0.0", CI_COMMIT_BRANCH: undefined };

describe("the pipeline of a prod stack, on the tag of a release", () => {
  const repository = new Repository({
    "config/dev/dev02/us-east-1-dev02.ts": devStage,
    "config/prod/prod01/us-east-1-prod01.ts": prodStage,
  });
  let emulator: Emulator;
  let pipeline: Pipeline;

  beforeAll(async () => {
    await requireRsync();
    emulator = await startEmulator({
      accountId: "444455556666",
      buckets: [{ name: "appname-terraform-state-444455556666", region: "us-east-1" }],
      roles: jobRoles("444455556666", stack),
      policies: ["arn:aws:iam::444455556666:policy/pipeline/appname-workload-boundary-us-east-1"],
      motoServer: await motoServer(),
    });
    const builder = repository.program("builder", recordingBuilder(`${repository.folder}/.git/builds`));
    const environment = { ...(await terraformEnvironment()), ...emulator.environment, ...fewerPauses };
    pipeline = new Pipeline(repository, environment, {
      AWS_ID_TOKEN: idToken("signature"),
      CONTAINER_BUILDER: builder,
    });
    repository.git("tag", "v1.0.0");
  });
  afterAll(async () => {
    await emulator.stop();
    repository.remove();
  });

  const clusters = async () => (await emulator.inventory()).filter(({ type }) => type === "Cluster").length;

  it("plans, and waits for a manual approval before it applies", async () => {
    expect(await pipeline.prepare(release)).toMatchObject({ exitCode: 0 });
    expect(await pipeline.child(release, `plan ${stack}`)).toMatchObject({ exitCode: 0 });
    const alone = await pipeline.child(release);
    expect(alone.output).toContain(`apply ${stack} is when:manual, its needed by image ${stack}`);
    expect(alone.exitCode).toBe(1);
    expect(pipeline.jobs).toEqual(["generate", `plan ${stack}`, "synth"]);
    expect(await clusters()).toBe(0);
  });

  it("applies the plan after the approval", async () => {
    const { exitCode, output } = await pipeline.child(release, `apply ${stack}`);
    expect({ exitCode, output: exitCode === 0 ? "" : output }).toEqual({ exitCode: 0, output: "" });
    expect(pipeline.logOf(`apply ${stack}`)).toContain("Apply complete!");
    expect(await clusters()).toBe(1);
  });
});
