import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { loadStages } from "../../../schema";
import { enforcePolicy } from "../../../policy/validate";
import { StageStack } from "../../../stacks/stage-stack";

// One measured process: synthesizes the stages of config/, with the policy when the argument is "policy". It measures CPU
// time without loading modules and stage files, which would make the share of the policy appear smaller.

const stages = loadStages();
const outdir = mkdtempSync(join(tmpdir(), "bench-"));
const start = process.cpuUsage();
try {
  const app = new App({ outdir });
  const stacks = stages.map((stage) => ({ stage, stack: new StageStack(app, stage) }));
  if (process.argv[2] === "policy") enforcePolicy(stacks);
  app.synth();
} finally {
  rmSync(outdir, { recursive: true });
}
const { user, system } = process.cpuUsage(start);
console.log(JSON.stringify({ seconds: (user + system) / 1_000_000, memoryMiB: process.resourceUsage().maxRSS / 1024 }));
