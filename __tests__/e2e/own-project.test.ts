import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator } from "emulated-aws";
import { motoServer } from "../../cli/lib/emulator";
import { projectFolder } from "../../cli/lib/project";
import { run } from "../../cli/lib/run";
import { terraformEnvironment } from "../../cli/lib/terraform-environment";
import { fewerPauses } from "./fewer-pauses";

const stack = "test01-eu-central-1";
const required = ["--app", "shop", "--region", "eu-central-1", "--environments", "test,live"];
const accounts = ["--account", "test=111111111111", "--account", "live=222222222222"];
const domains = ["--domain", "test=api.test.shop.test", "--domain", "live=api.shop.test"];

describe("a copy of the project after npm run init", () => {
  let folder: string;
  let emulator: Emulator;
  let environment: Readonly<Record<string, string | undefined>>;

  const command = async (program: string, ...args: readonly string[]) => {
    const { exitCode, tail } = await run(program, args, { cwd: folder, env: environment });
    if (exitCode !== 0) throw new Error([`${program} ${args.join(" ")}: exit code ${exitCode}`, ...tail].join("\n"));
    return tail.join("\n");
  };
  const init = (...args: readonly string[]) =>
    command("npm", "run", "init", "--", ...required, ...accounts, ...args, "--yes");
  const terraform = (...args: readonly string[]) => {
    const { TERRAFORM_BINARY_NAME: program = "terraform" } = environment;
    return command(program, `-chdir=${join(folder, "cdktf.out/stacks", stack)}`, ...args, "-no-color");
  };
  /** Replaces every occurrence of a piece of text in the files below a folder. */
  const edit = (below: string, from: string, to: string) => {
    const files = readdirSync(join(folder, below), { recursive: true, encoding: "utf8" }).filter((each) =>
      each.endsWith(".ts"),
    );
    const edited = files.filter((file) => readFileSync(join(folder, below, file), "utf8").includes(from));
    expect(edited).not.toEqual([]);
    for (const file of edited) {
      const path = join(folder, below, file);
      writeFileSync(path, readFileSync(path, "utf8").replaceAll(from, to));
    }
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "own-project-"));
    const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], {
      cwd: projectFolder,
      encoding: "utf8",
    });
    for (const file of listed.split("\n").filter((each) => each !== "" && each !== "node_modules")) {
      cpSync(join(projectFolder, file), join(folder, file));
    }
    symlinkSync(join(projectFolder, "node_modules"), join(folder, "node_modules"));
    emulator = await startEmulator({
      accountId: "111111111111",
      region: "eu-central-1",
      buckets: [{ name: "shop-terraform-state-111111111111", region: "eu-central-1" }],
      policies: ["arn:aws:iam::111111111111:policy/pipeline/shop-workload-boundary-eu-central-1"],
      apiGatewayLogRegions: ["eu-central-1"],
      motoServer: await motoServer(),
    });
    environment = { ...(await terraformEnvironment()), ...emulator.environment, CI: "true", ...fewerPauses };
    await init();
  });
  afterAll(async () => {
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("holds nothing of the example in config/", () => {
    const files = readdirSync(join(folder, "config"), { recursive: true, withFileTypes: true }).filter((each) =>
      each.isFile(),
    );
    const texts = files.map((each) => `${each.name}\n${readFileSync(join(each.parentPath, each.name), "utf8")}`);
    expect(texts.join("\n")).not.toMatch(/appname|example\.com|111122223333|444455556666/i);
    expect(texts).toHaveLength(7);
  });

  it("is formatted and type-checks, with each kind of ingress", async () => {
    const kinds = ["http-api", "alb", "nlb"];
    for (const kind of kinds)
      await init("--ingress", kind, ...domains, "--postgres", "test,live", "--config", `__tests__/${kind}`);
    await command("npx", "prettier", "--check", "config", ...kinds.map((kind) => `__tests__/${kind}`));
    await command("npx", "eslint", "config");
    await command("npx", "tsc", "--noEmit");
    for (const kind of kinds) rmSync(join(folder, "__tests__", kind), { recursive: true });
  });

  it("passes its own tests of config/", async () => {
    await command("npm", "run", "test:config");
  });

  it("synthesizes, and deploys its first stage to the emulated AWS", async () => {
    await command("npx", "cdktf", "synth");
    await command("npx", "cdktf", "deploy", stack, "--auto-approve");
    expect(await terraform("plan", "-detailed-exitcode", "-input=false")).toContain("No changes.");
    await command("npx", "cdktf", "destroy", stack, "--auto-approve");
    expect(emulator.unanswered).toEqual([]);
  });

  it("stays valid after account IDs, bucket, domain and owner are edited by hand", async () => {
    edit("config/test", "111111111111", "333333333333");
    edit("config/live", "222222222222", "444444444444");
    edit("config/live", "shop-terraform-state-444444444444", "our-state");
    edit("config", "shop-team", "Team 7");
    const domain = 'domain: { name: "api.shop.test", hostedZone: "shop.test", certificate: { source: "create" } },';
    edit("config/live", "    authorization: {", `    ${domain}\n    authorization: {`);
    await command("npx", "tsc", "--noEmit");
    await command("npm", "run", "test:config");
  });

  it("keeps these edits when npm run init is run again, and loses them with --force only", async () => {
    await expect(init()).rejects.toThrow(/config\/live\/defaults\.ts would be replaced/);
    expect(readFileSync(join(folder, "config/live/defaults.ts"), "utf8")).toContain("Team 7");
    await init("--force");
    expect(readFileSync(join(folder, "config/live/defaults.ts"), "utf8")).not.toContain("Team 7");
  });
});
