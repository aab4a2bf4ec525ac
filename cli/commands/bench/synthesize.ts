import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { App } from "cdktf";
import { loadStages } from "../../../schema";
import { StageStack } from "../../../stacks/stage-stack";

// One measured process: synthesizes as many copies of a stage as the argument names; 0 loads the modules only.

const copies = Number(process.argv[2]);
const outdir = mkdtempSync(join(tmpdir(), "bench-"));
try {
  if (copies > 0) {
    const [stage] = loadStages();
    if (stage === undefined) throw new Error("config has no stage file to copy");
    const app = new App({ outdir });
    for (let copy = 1; copy <= copies; copy++) {
      new StageStack(app, { ...stage, stage: `copy${copy}` });
    }
    app.synth();
  }
} finally {
  rmSync(outdir, { recursive: true });
}
console.log(JSON.stringify({ seconds: performance.now() / 1000, memoryMiB: process.resourceUsage().maxRSS / 1024 }));
