import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { overrideBackend } from "../../../../cli/commands/demo/state";
import type { StageInput } from "../../../../schema";
import { stageWith } from "../../../fixtures/stage";

describe("the state of the demo", () => {
  let folder: string;
  let override: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "demo-state-"));
    const stackFolder = join(folder, "cdktf.out/stacks/dev01-us-east-1");
    mkdirSync(stackFolder, { recursive: true });
    override = join(stackFolder, "backend_override.tf.json");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it.each<StageInput["state"]>([
    { backend: "gitlab", projectId: 42 },
    { backend: "local", path: "../team.tfstate" },
  ])("is in the demo's folder, and not in the stage's backend $backend", (state) => {
    overrideBackend({ folder, stage: stageWith({ state }) });
    expect(JSON.parse(readFileSync(override, "utf8"))).toEqual({
      terraform: { backend: { local: { path: join(folder, "terraform.tfstate") } } },
    });
  });

  it("is in the bucket of the stage, which the emulated AWS has", () => {
    const state = { backend: "s3", bucket: "shop-state", region: "us-east-1" } as const;
    overrideBackend({ folder, stage: stageWith({ state }) });
    expect(existsSync(override)).toBe(false);
  });
});
