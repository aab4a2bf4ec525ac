import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder, toolsFolder } from "../../../../cli/lib/project";
import { fixtureConfig } from "../../../fixtures/config";

const stageFile = "config/dev/dev02/us-east-1-dev02.ts";

describe("npm run policy", () => {
  let folder: string;

  beforeEach(() => {
    // In the project, whose schema the stage files import.
    mkdirSync(toolsFolder, { recursive: true });
    folder = mkdtempSync(join(toolsFolder, "policy-"));
    cpSync(fixtureConfig, join(folder, "config"), { recursive: true });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const edit = (from: string, to: string) => {
    const path = join(folder, stageFile);
    writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
  };
  const policy = (...args: readonly string[]) =>
    spawnSync(
      process.execPath,
      [join(projectFolder, "cli/run.mjs"), "cli/commands/policy.ts", "--config", "config", ...args],
      { cwd: folder, encoding: "utf8" },
    );

  it("writes findings and accepted violations into a file, and exits with 1", () => {
    edit("services: {", 'exceptions: [{ rule: "api-waf", resource: "aws_lb.*", reason: "None." }],\n  services: {');
    const { status, stdout, stderr } = policy("--format", "json", "--output", "reports/policy.json");
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: "", stderr: "" });
    const report = readFileSync(join(folder, "reports/policy.json"), "utf8");
    expect(report).toContain('"field": "images.tags"');
    expect(JSON.parse(report)).toMatchObject({
      findings: [{ stack: "dev02-us-east-1", rule: "exception-unused" }],
    });
  });

  it("reports two resources with one address in one line, and exits with 1", () => {
    edit("services: {", 'services: {\n    "appname-tasks-migrate": { kind: "worker" },');
    const { status, stdout, stderr } = policy();
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^dev02-us-east-1: \S+ and \S+ would both be aws_ecs_task_definition\.\S+, .*\n$/);
  });
  it("checks the stack that --stack names, whatever problems the files of others have", () => {
    edit('"us-east-1b"', '"eu-west-1b"');
    expect(policy("--stack", "dev03-us-east-1", "--format", "json")).toMatchObject({ status: 0, stderr: "" });
    const { status, stderr } = policy("--stack", "dev02-us-east-1");
    expect(status).toBe(1);
    expect(stderr).toContain("network.zones[1]");
  });
});
