import { basename } from "node:path";
import { ECRClient, PutImageTagMutabilityCommand } from "@aws-sdk/client-ecr";
import { DescribeServicesCommand, DescribeTaskDefinitionCommand, ECSClient } from "@aws-sdk/client-ecs";
import { DeleteObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PipelineRuns } from "./pipeline-runs";
import { Sandbox } from "./sandbox";

const stack = "small01-us-east-1";
const [commit, otherCommit] = ["c0ffee".padEnd(40, "0"), "decade".padEnd(40, "0")];
const Bucket = "appname-terraform-state-111122223333";
const Key = "appname/small01/us-east-1/terraform.tfstate.tflock";
const lock = {
  ID: "7f1c0d52-0000-4000-8000-000000000000",
  Operation: "OperationTypeApply",
  Info: "",
  Who: "runner@other-job",
  Version: "1.11.4",
  Created: "2026-11-21T09:00:00Z",
  Path: `${Bucket}/appname/small01/us-east-1/terraform.tfstate`,
};

const stageFile = `import { defineStage } from "../../../schema";
import { defaults, webDefaults } from "../defaults";

export default defineStage({
  ...defaults,
  stage: "small01",
  region: "us-east-1",
  network: {
    cidr: "10.77.0.0/16",
    zones: ["us-east-1a", "us-east-1b"],
    egress: { mode: "nat-gateway", gateways: "one" },
  },
  images: { tags: "immutable", forceDelete: true },
  monitoring: undefined,
  services: {
    shop: { ...webDefaults, tasks: { migrate: { command: ["node", "dist/migrate.js"] } } },
    night: { kind: "job", sharesImageOf: "shop", schedule: "rate(1 day)" },
  },
  ingress: { kind: "http-api", throttling: { ratePerSecond: 50, burst: 100 } },
});
`;

describe("the commands of the pipeline, from an empty account to a released stage and back", () => {
  let sandbox: Sandbox;
  let runs: PipelineRuns;
  let options: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    for (const other of ["dev02", "dev03"]) sandbox.remove(`config/dev/${other}`);
    sandbox.write("config/dev/small01/us-east-1-small01.ts", stageFile);
    runs = new PipelineRuns(sandbox);
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    options = { endpoint: sandbox.emulator.endpoint, region: "us-east-1", credentials };
    await sandbox.synthesize();
  });
  afterAll(() => sandbox.stop());

  const runningImage = async () => {
    const ecs = new ECSClient(options);
    const cluster = "appname-ecs-cluster-small01";
    const { services = [] } = await ecs.send(
      new DescribeServicesCommand({ cluster, services: ["shop-ecs-service-small01"] }),
    );
    const { taskDefinition } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: services[0]?.taskDefinition }),
    );
    return taskDefinition?.containerDefinitions?.[0]?.image;
  };

  it("plan saves the plan, and the reports for merge requests", async () => {
    const { exitCode, output } = await runs.job(commit, "plan", stack);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    const report: unknown = JSON.parse(runs.artifact(stack, "terraform-report.json"));
    expect(report).toMatchObject({ create: expect.any(Number) as number, update: 0, delete: 0 });
    expect(runs.artifact(stack, "summary.md")).toMatch(/^### Plan of small01-us-east-1\n\n\d+ to create, 0 to change/);
    expect(runs.artifact(stack, "plan.txt")).toContain("aws_ecs_service.services_shop will be created");
    expect(JSON.parse(runs.artifact(stack, "plan-info.json"))).toMatchObject({ stack, commit });
  });

  it("apply refuses the plan of another commit", async () => {
    const { exitCode, output } = await runs.job(otherCommit, "apply", stack);
    expect(exitCode).toBe(1);
    expect(output).toBe(
      `the plan was made from commit ${commit}, and this is ${otherCommit}; plan again: npm run pipeline -- plan ${stack}`,
    );
  });

  it("apply names the holder of the lock, and the command that releases it", async () => {
    const s3 = new S3Client({ ...options, forcePathStyle: true });
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(lock) }));
    const { exitCode, output } = await runs.job(commit, "apply", stack, "--lock-timeout", "1s");
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(exitCode).toBe(1);
    expect(output.split("\n").at(-1)).toMatch(/^the state is locked by runner@other-job since 2026-11-21 09:00:00/);
    const program = basename(sandbox.terraformProgram);
    expect(output).toContain(`${program} -chdir=cdktf.out/stacks/${stack} force-unlock ${lock.ID}`);
  });

  it("apply applies the plan, and refuses to apply it twice", async () => {
    expect(await runs.job(commit, "apply", stack)).toMatchObject({ exitCode: 0 });
    expect(await runningImage()).toMatch(/\/shop-small01-image:latest$/);
    const { exitCode, output } = await runs.job(commit, "apply", stack);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^the plan is stale: .* nothing was applied/m);
  });

  it("release and migrate refuse an image that was never pushed", async () => {
    for (const command of ["release", "migrate"]) {
      const { exitCode, output } = await runs.job(commit, command, stack);
      expect(exitCode).toBe(1);
      expect(output).toContain(`contains no image of tag ${commit}, and nothing was done`);
    }
  });

  it("image builds for the architecture of the service, and passes the password only to the builder", async () => {
    const { exitCode, output } = await runs.job(commit, "image", stack);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    const [login, build, push, logout] = runs.builderCalls;
    expect(login).toMatchObject({ command: "login", input: "111122223333-auth-token" });
    expect(login?.args).toEqual(["--username", "AWS", "--password-stdin", logout?.args[0]]);
    expect(build?.args.slice(0, 3)).toEqual(["--platform", expect.stringMatching(/^linux\/(arm64|amd64)$/), "--tag"]);
    expect(push?.args).toEqual([expect.stringMatching(new RegExp(`/shop-small01-image:${commit}$`))]);
    expect(logout?.command).toBe("logout");
    expect(output).not.toContain("auth-token");
  });

  it("image builds nothing when the image of the commit exists", async () => {
    const before = runs.builderCalls.length;
    expect((await runs.job(commit, "image", stack)).output).toContain(`:${commit} exists already`);
    expect(runs.builderCalls).toHaveLength(before);
  });

  it("migrate runs the task until it stops, and keeps Terraform's task definition the newest", async () => {
    const { exitCode, output } = await runs.job(commit, "migrate", stack);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(output).toContain("shop: migrate succeeded");
    const { taskDefinition } = await new ECSClient(options).send(
      new DescribeTaskDefinitionCommand({ taskDefinition: "appname-shop-migrate-task-small01" }),
    );
    expect(taskDefinition?.containerDefinitions?.[0]?.image).toMatch(/:latest$/);
  });

  it("release deploys the image of the commit, and does nothing the second time", async () => {
    const { exitCode, output } = await runs.job(commit, "release", stack);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(await runningImage()).toMatch(new RegExp(`:${commit}$`));
    expect((await runs.job(commit, "release", stack)).output).toContain(`is released as ${commit} already`);
  });

  it("plan has no changes after a release", async () => {
    const { exitCode, output } = await runs.job(otherCommit, "plan", stack);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(runs.artifact(stack, "terraform-report.json"))).toEqual({ create: 0, update: 0, delete: 0 });
  });

  it("drift lists a manual change", async () => {
    expect((await runs.job(commit, "drift", stack)).exitCode).toBe(0);
    await new ECRClient(options).send(
      new PutImageTagMutabilityCommand({ repositoryName: "shop-small01-image", imageTagMutability: "MUTABLE" }),
    );
    const { exitCode, output } = await runs.job(commit, "drift", stack);
    expect({ exitCode, output }).toMatchObject({ exitCode: 2 });
    expect(output).toContain("aws_ecr_repository.services_shop (update)");
    expect(output).toContain('image_tag_mutability: is "MUTABLE", should be "IMMUTABLE"');
  });

  it("release refuses changes of the infrastructure", async () => {
    const { exitCode, output } = await runs.job(commit, "release", stack);
    expect(exitCode).toBe(1);
    expect(output).toContain("would change more than the images, and nothing was released");
    expect(output).toContain("aws_ecr_repository.services_shop (update)");
  });

  it("destroy destroys the short-lived stage", async () => {
    const { exitCode, output } = await runs.job(commit, "destroy", stack);
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    expect(await sandbox.leftovers()).toEqual([]);
    expect(sandbox.emulator.unanswered).toEqual([]);
  });
});
