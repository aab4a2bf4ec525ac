import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const project = join(__dirname, "..", "..", "..", "..");
const stageFile = "config/dev/dev02/us-east-1-dev02.ts";

describe("npm run policy", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "policy-"));
    for (const file of ["package.json", "tsconfig.json", "cli", "config", "schema", "policy", "stacks"]) {
      cpSync(join(project, file), join(folder, file), { recursive: true });
    }
    symlinkSync(join(project, "node_modules"), join(folder, "node_modules"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("writes findings to a file, and exits with 1", () => {
    const path = join(folder, stageFile);
    writeFileSync(path, readFileSync(path, "utf8").replace("services: {", "exceptions: [],\n  services: {"));
    const { status, stdout, stderr } = spawnSync(
      join(project, "node_modules", ".bin", "tsx"),
      ["cli/commands/policy.ts", "--format", "json", "--output", "reports/policy.json"],
      { cwd: folder, encoding: "utf8" },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: "", stderr: "" });
    expect(JSON.parse(readFileSync(join(folder, "reports/policy.json"), "utf8"))).toMatchObject({
      findings: [{ stack: "dev02-us-east-1", rule: "repository-tags" }],
    });
  });
});
