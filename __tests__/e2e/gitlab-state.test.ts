import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend, TerraformOutput, TerraformResource } from "cdktf";
import { terraformEnvironment } from "../../cli/lib/terraform-environment";
import { run } from "../../cli/lib/run";
import { configureBackend } from "../../stacks/backend";
import { ReadableStack } from "../../stacks/readable-stack";
import { stageWith } from "../fixtures/stage";
import { StateServer } from "../fixtures/state-server";

const credentials = { username: "gitlab-ci-token", password: "job-token" };
const login = { TF_HTTP_USERNAME: credentials.username, TF_HTTP_PASSWORD: credentials.password };
const name = "shop-dev01-us-east-1";
const apply = ["apply", "-auto-approve", "-input=false"];

describe("state in GitLab", () => {
  const server = new StateServer(credentials);
  const folders: string[] = [];
  let folder: string;
  let tools: Readonly<Record<string, string>>;

  const newFolder = () => {
    const outdir = mkdtempSync(join(tmpdir(), "gitlab-state-"));
    folders.push(outdir);
    return outdir;
  };
  const inGitlab = (stack: ReadableStack) => {
    configureBackend(stack, stageWith({ state: { backend: "gitlab", projectId: 42, url: address } }));
  };
  /** Writes a stack of one resource that needs no provider; by default in a folder where nothing is initialized. */
  const synthesize = (configure: (stack: ReadableStack) => void = inGitlab, outdir = newFolder()) => {
    const app = new App({ outdir });
    class Stack extends ReadableStack {}
    const stack = new Stack(app, "stack");
    configure(stack);
    const resource = new TerraformResource(stack, "thing", { terraformResourceType: "terraform_data" });
    resource.addOverride("input", "kept");
    new TerraformOutput(stack, "output", { value: resource.getStringAttribute("output") });
    app.synth();
    return join(outdir, "stacks", "stack");
  };
  const terraform = async (args: readonly string[], variables: Readonly<Record<string, string>> = login) => {
    const program = tools.TERRAFORM_BINARY_NAME ?? "terraform";
    const env = { ...tools, TF_HTTP_USERNAME: undefined, TF_HTTP_PASSWORD: undefined, ...variables };
    const { exitCode, tail } = await run(program, [`-chdir=${folder}`, ...args, "-no-color"], { env });
    return { exitCode, output: tail.join("\n") };
  };

  let address: string;
  beforeAll(async () => {
    tools = await terraformEnvironment();
    address = await server.start();
    folder = synthesize();
  });
  afterAll(() => {
    server.stop();
    for (const each of folders) rmSync(each, { recursive: true, force: true });
  });

  it("is refused without the credentials, which are only in the environment", async () => {
    const { exitCode, output } = await terraform(["init", "-input=false"], {});
    expect(exitCode).toBe(1);
    expect(output).toMatch(/requires auth/);
  });

  it("is locked while Terraform writes it, and unlocked afterwards", async () => {
    expect(await terraform(["init", "-input=false"])).toMatchObject({ exitCode: 0 });
    server.requests.length = 0;
    expect(await terraform(apply)).toMatchObject({ exitCode: 0 });
    const state = `/api/v4/projects/42/terraform/state/${name}`;
    expect(server.requests[0]).toBe(`POST ${state}/lock`);
    expect(server.requests).toContain(`POST ${state}`);
    expect(server.requests.at(-1)).toBe(`DELETE ${state}/lock`);
    expect([...server.locks]).toEqual([]);
  });

  it("is read by the next job in another folder", async () => {
    folder = synthesize();
    await terraform(["init", "-input=false"]);
    const { exitCode, output } = await terraform(["plan", "-detailed-exitcode", "-input=false"]);
    expect(output).toContain("No changes.");
    expect(exitCode).toBe(0);
  });

  it("is not written while another job holds the lock, and Terraform reports the lock", async () => {
    const before = server.states.get(name);
    server.locks.set(name, {
      ID: "0e2f4d5c",
      Operation: "OperationTypeApply",
      Who: "runner@other-job",
      Version: "1.11.4",
    });
    const { exitCode, output } = await terraform([...apply, "-replace=terraform_data.thing"]);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/Error acquiring the state lock/);
    expect(output).toContain("HTTP remote state already locked: ID=0e2f4d5c");
    expect(server.states.get(name)).toBe(before);
  });

  it("can be unlocked by the lock's id, and written again", async () => {
    expect(await terraform(["force-unlock", "-force", "0e2f4d5c"])).toMatchObject({ exitCode: 0 });
    expect([...server.locks]).toEqual([]);
    expect(await terraform([...apply, "-replace=terraform_data.thing"])).toMatchObject({ exitCode: 0 });
  });

  it("is moved from another backend by init -migrate-state, and plans nothing more", async () => {
    server.states.clear();
    const outdir = newFolder();
    const elsewhere = (stack: ReadableStack) => new LocalBackend(stack, { path: join(outdir, "old.tfstate") });
    folder = synthesize(elsewhere, outdir);
    await terraform(["init", "-input=false"]);
    expect(await terraform(apply)).toMatchObject({ exitCode: 0 });
    synthesize(inGitlab, outdir);
    expect(await terraform(["init", "-migrate-state", "-force-copy"])).toMatchObject({ exitCode: 0 });
    expect(server.states.get(name)).toContain('"kept"');
    expect((await terraform(["plan", "-detailed-exitcode", "-input=false"])).output).toContain("No changes.");
  });
});
