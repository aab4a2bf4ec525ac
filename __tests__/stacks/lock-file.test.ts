import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { providerVersion, testedProvider, bindingsProvider } from "../../schema/provider-version";
import { AccountStack } from "../../stacks/account-stack";
import { lockFileOf, programOf } from "../../stacks/lock-file";
import { StageStack } from "../../stacks/stage-stack";
import { stageWith } from "../fixtures/stage";
import { accountWith } from "./account/synthesized-account";

describe("the lock file of a stack", () => {
  const program = process.env.TERRAFORM_BINARY_NAME;
  let outdir: string;

  beforeEach(() => {
    outdir = mkdtempSync(join(tmpdir(), "lock-file-"));
    delete process.env.TERRAFORM_BINARY_NAME;
  });
  afterEach(() => {
    rmSync(outdir, { recursive: true });
    if (program === undefined) delete process.env.TERRAFORM_BINARY_NAME;
    else process.env.TERRAFORM_BINARY_NAME = program;
  });

  const written = (add: (app: App) => { readonly node: { readonly id: string } }) => {
    const app = new App({ outdir });
    const { id } = add(app).node;
    app.synth();
    const file = join(outdir, "stacks", id, ".terraform.lock.hcl");
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  const ofStage = (fields: object) => written((app) => new StageStack(app, stageWith(fields)));
  const kept = (release: string, which: "terraform" | "tofu") => readFileSync(lockFileOf(release, which), "utf8");

  it("is the one that the project keeps for the tested release", () => {
    expect(ofStage({})).toBe(kept("5.100.0", "terraform"));
  });

  it("is the one for OpenTofu where TERRAFORM_BINARY_NAME names it", () => {
    process.env.TERRAFORM_BINARY_NAME = "tools/bin/tofu-1.12";
    expect(ofStage({})).toBe(kept("5.100.0", "tofu"));
  });

  it("follows the release that a stage chooses", () => {
    expect(ofStage({ providerVersion: "= 6.25.0" })).toBe(kept("6.25.0", "terraform"));
    process.env.TERRAFORM_BINARY_NAME = "tofu";
    expect(ofStage({ providerVersion: "= 6.25.0" })).toBe(kept("6.25.0", "tofu"));
  });

  it.each(["~> 6.25", "6.25.1"])("is left to terraform init for %s", (version) => {
    expect(ofStage({ providerVersion: version })).toBeUndefined();
  });

  it("of an earlier constraint is removed, and one that terraform init made stays", () => {
    ofStage({});
    expect(ofStage({ providerVersion: "~> 6.25" })).toBeUndefined();
    const made = 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "6.30.0"\n}\n';
    writeFileSync(join(outdir, "stacks/dev01-us-east-1/.terraform.lock.hcl"), made);
    expect(ofStage({ providerVersion: "~> 6.25" })).toBe(made);
  });

  it("is also written for an account", () => {
    const ofAccount = (fields: object) => written((app) => new AccountStack(app, accountWith(fields), []));
    expect(ofAccount({})).toBe(kept("5.100.0", "terraform"));
    expect(ofAccount({ providerVersion: "6.25.0" })).toBe(kept("6.25.0", "terraform"));
  });
});

describe("the lock files of the project", () => {
  const checksums = (release: string, which: "terraform" | "tofu", kind: string) =>
    readFileSync(lockFileOf(release, which), "utf8").match(new RegExp(`"${kind}:`, "g"))?.length ?? 0;

  it("name the release, the address and the constraint of its program", () => {
    const names = (release: string, which: "terraform" | "tofu") => {
      const text = readFileSync(lockFileOf(release, which), "utf8");
      return [...text.matchAll(/(?:provider|version|constraints)\s+=?\s*"(.*)"/g)].map(([, value]) => value);
    };
    expect(names("5.100.0", "terraform")).toEqual(["registry.terraform.io/hashicorp/aws", "5.100.0", "5.100.0"]);
    expect(names("5.100.0", "tofu")).toEqual(["registry.opentofu.org/hashicorp/aws", "5.100.0", "5.100.0"]);
    expect(names("6.25.0", "terraform")).toEqual(["registry.terraform.io/hashicorp/aws", "6.25.0", "6.25.0"]);
    expect(names("6.25.0", "tofu")).toEqual(["registry.opentofu.org/hashicorp/aws", "6.25.0", "6.25.0"]);
  });

  it("have the checksums of all platforms, of packages and of their contents", () => {
    expect(checksums("5.100.0", "terraform", "h1")).toBe(14);
    expect(checksums("5.100.0", "terraform", "zh")).toBe(15);
    expect(checksums("6.25.0", "terraform", "h1")).toBe(14);
    expect(checksums("6.25.0", "terraform", "zh")).toBe(15);
  });

  it.each([
    ["5.100.0", 10],
    ["6.25.0", 9],
  ])("let OpenTofu use the builds of both registries: %s, of which OpenTofu's has %i platforms", (release, own) => {
    const of = (which: "terraform" | "tofu") => readFileSync(lockFileOf(release, which), "utf8").match(/"(h1|zh):.*"/g);
    expect(of("tofu")).toEqual(expect.arrayContaining([...(of("terraform") ?? [])]));
    expect(checksums(release, "tofu", "h1")).toBe(14 + own);
    expect(checksums(release, "tofu", "zh")).toBe(15 + own);
  });

  it("exist for the releases that stages use without providerVersion", () => {
    for (const release of [testedProvider, bindingsProvider]) {
      expect(existsSync(lockFileOf(release, "terraform"))).toBe(true);
      expect(existsSync(lockFileOf(release, "tofu"))).toBe(true);
      expect(providerVersion.safeParse(release).success).toBe(true);
    }
  });
});

test.each([
  ["tools/bin/tofu", "tofu"],
  ["tofu-1.12.6", "tofu"],
  ["tools/opentofu/terraform", "terraform"],
  ["terraform", "terraform"],
  [undefined, "terraform"],
])("the program %s is %s", (path, program) => {
  expect(programOf(path)).toBe(program);
});
