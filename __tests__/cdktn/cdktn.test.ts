import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import fc from "fast-check";
import { z } from "zod";
import type { StageConfig } from "../../schema";
import { fixtureAccounts, fixtureStages } from "../fixtures/config";
import { ingresses, stageWith } from "../fixtures/stage";
import { checked } from "../hostile/combined";
import { hostileStage, sampled, type HostileStage } from "../hostile/stages";
import { featureStages } from "../policy/feature-stages";
import { publicStage } from "../policy/synthesized-stages";
import { synthesized, type AppInput } from "./synthesis";

const project = join(__dirname, "../..");

/** The first of the hostile stages that are valid. */
function validStages(inputs: readonly HostileStage[], count: number): StageConfig[] {
  const stages: StageConfig[] = [];
  for (const { input } of inputs) {
    const stage = checked(input);
    if (stage !== undefined) stages.push(stage);
    if (stages.length === count) break;
  }
  return stages;
}

const hostile = validStages(fc.sample(hostileStage, sampled), 10);

const alone = (stages: Readonly<Record<string, StageConfig>>): Record<string, AppInput> =>
  Object.fromEntries(Object.entries(stages).map(([name, stage]) => [name, { stages: [stage], accounts: [] }]));

const apps: Readonly<Record<string, AppInput>> = {
  config: { stages: fixtureStages(), accounts: fixtureAccounts() },
  ...alone({ publicStage, ...featureStages }),
  ...alone(Object.fromEntries(Object.entries(ingresses).map(([kind, ingress]) => [kind, stageWith({ ingress })]))),
  ...alone(Object.fromEntries(hostile.map((stage, index) => [`hostile ${index}`, stage]))),
};

/**
 * Bundles the sources of the stacks; every import of `cdktf`, also of the provider's package, is of `cdktn`.
 * Returns the files in the bundle.
 */
async function bundleWithCdktn(outfile: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: {
      contents: `import { synthesized } from "./synthesis";
        const apps = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
        require("node:fs").writeFileSync(1, JSON.stringify(synthesized(apps)));`,
      resolveDir: __dirname,
    },
    absWorkingDir: project,
    alias: { cdktf: "cdktn" },
    bundle: true,
    platform: "node",
    outfile,
    metafile: true,
    logLevel: "error",
  });
  return Object.keys(metafile.inputs);
}

const metadata = z.object({ "//": z.object({ metadata: z.object({ version: z.string() }) }) });
const versionOf = (text: string) => metadata.parse(JSON.parse(text))["//"].metadata.version;

/** All that Terraform reads: under "//" are comments, CDKTF's version and the construct paths. */
function withoutMetadata(text: string): string {
  const json: unknown = JSON.parse(text, (key, value: unknown) => (key === "//" ? undefined : value));
  return JSON.stringify(json, undefined, 2);
}

describe("the community fork cdktn", () => {
  let files: readonly string[];
  let byFork: Readonly<Record<string, string>>;
  const byCdktf = synthesized(apps);

  const folder = mkdtempSync(join(tmpdir(), "cdktn-"));

  beforeAll(async () => {
    const bundle = join(folder, "synthesis.cjs");
    files = await bundleWithCdktn(bundle);
    const output = execFileSync(process.execPath, [bundle], {
      input: JSON.stringify(apps),
      maxBuffer: 1e9,
      env: { ...process.env, CDKTN_DISABLE_CREATION_STACK: "1" },
    });
    byFork = z.record(z.string(), z.string()).parse(JSON.parse(output.toString()));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("synthesizes the sources alone, without a file of cdktf", () => {
    expect(files).toContain("node_modules/cdktn/lib/app.js");
    expect(files.filter((file) => file.includes("node_modules/cdktf/"))).toEqual([]);
    expect(new Set(Object.values(byFork).map(versionOf))).toEqual(new Set(["0.24.0"]));
    expect(new Set(Object.values(byCdktf).map(versionOf))).toEqual(new Set(["0.21.0"]));
  });

  it("synthesizes every fixture", () => {
    expect(Object.keys(byFork)).toEqual(Object.keys(byCdktf));
    expect(Object.keys(byFork).length).toBeGreaterThan(40);
  });

  it.each(Object.keys(byCdktf))("writes the JSON that cdktf writes: %s", (stack) => {
    expect(withoutMetadata(byFork[stack] ?? "{}")).toBe(withoutMetadata(byCdktf[stack] ?? "{}"));
  });
});
