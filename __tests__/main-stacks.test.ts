import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { minimalStage } from "./fixtures/stage";
import { minimalAccount } from "./stacks/account/synthesized-account";

const project = join(__dirname, "..");
const finding = { rule: "api-waf", resource: "aws_lb.*", reason: "None." };

describe("main with another folder", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "main-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (path: string, content: object | string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const source = typeof content === "string" ? content : `export default ${JSON.stringify(content)};`;
    writeFileSync(join(folder, path), source);
  };
  const stage = (name: string, fields: object = {}) => {
    const number = name.replace(/\D/g, "");
    write(`stages/dev/${name}/us-east-1-${name}.ts`, {
      ...minimalStage,
      stage: name,
      state: { backend: "s3", bucket: "shop-state", region: "us-east-1" },
      network: { ...minimalStage.network, cidr: `10.${Number(number)}.0.0/16` },
      ...fields,
    });
  };
  const synthesize = (args: readonly string[] = ["stages"], STACKS?: string) =>
    spawnSync(process.execPath, [join(project, "cli/run.mjs"), "main.ts", ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, STACKS },
    });
  const written = () => readdirSync(join(folder, "cdktf.out/stacks")).sort();

  it("writes its stacks, and says of one that is not there that it is not", () => {
    stage("dev01");
    expect(synthesize()).toMatchObject({ status: 0, stderr: "" });
    expect(written()).toEqual(["dev01-us-east-1"]);
    const { status, stderr } = synthesize(["absent"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^1 problem in the configuration\n\nabsent\n.* does not exist; name the folder/);
  });

  it("says where a file cannot be read: no stack trace, exit code 1, nothing written", () => {
    write("stages/dev/dev01/us-east-1-dev01.ts", 'export default {\n  network: {\n    cidr: "10.0.0.0/16",\n};\n');
    write("stages/dev/dev02/us-east-1-dev02.ts", 'import { size } from "./sizes";\n\nexport default { size };\n');
    write(
      "stages/dev/dev03/us-east-1-dev03.ts",
      "const teams: any = {};\n\nexport default { owner: teams.shop.name };\n",
    );
    const { status, stderr } = synthesize();
    expect(stderr.split("\n")).toEqual([
      "3 problems in the configuration",
      "",
      "stages/dev/dev01/us-east-1-dev01.ts",
      '  line 4, column 2: Expected "}" but found ";"; correct the syntax',
      "",
      "stages/dev/dev02/us-east-1-dev02.ts",
      expect.stringMatching(/^ {2}line 1, column \d+: Error: Cannot find module '\.\/sizes'; correct the file$/),
      "",
      "stages/dev/dev03/us-east-1-dev03.ts",
      "  line 3, column 36: TypeError: Cannot read properties of undefined (reading 'name'); correct the file",
      "",
    ]);
    expect(status).toBe(1);
    expect(existsSync(join(folder, "cdktf.out"))).toBe(false);
  });

  it("builds and judges the stacks that STACKS names, whatever is wrong with the others", () => {
    stage("dev01");
    stage("dev02", { exceptions: [finding] });
    stage("dev03", { owner: "" });
    write("stages/dev/x.js", "");
    expect(synthesize(["stages"], "dev01-us-east-1")).toMatchObject({ status: 0, stderr: "" });
    expect(written()).toEqual(["dev01-us-east-1"]);
    const both = synthesize(["stages"], "dev01-us-east-1, dev02-us-east-1");
    expect(both.status).toBe(1);
    expect(both.stderr).toMatch(
      /^1 finding of the policy\n\ndev02-us-east-1 \(stages\/dev\/dev02\/us-east-1-dev02\.ts\)/,
    );
  });

  it("refuses a name in STACKS that no file describes", () => {
    stage("dev01");
    const { status, stderr } = synthesize(["stages"], "dev4-us-east-1");
    expect(status).toBe(1);
    expect(stderr).toMatch(/^STACKS: there is no stack "dev4-us-east-1"; .* did you mean dev01-us-east-1\?/);
  });

  it("builds an account's stack with the permissions for its stages, which are not written", () => {
    const permissionsBoundaryArn = "arn:aws:iam::111122223333:policy/pipeline/shop-workload-boundary-us-east-1";
    stage("dev01", { permissionsBoundaryArn });
    stage("dev02");
    write("stages/accounts/shop-dev/us-east-1.ts", minimalAccount);
    const account = "account-shop-dev-us-east-1";
    // dev02 concerns the account, as its deploy role could not create the roles of dev02.
    expect(synthesize(["stages"], account).stderr).toMatch(
      /us-east-1-dev02\.ts\n {2}permissionsBoundaryArn: is missing/,
    );
    expect(synthesize(["stages"], "dev02-us-east-1").stderr).toMatch(/us-east-1-dev02\.ts\n {2}permissionsBoundaryArn/);
    expect(synthesize(["stages"], "dev01-us-east-1").status).toBe(0);
    stage("dev02", { permissionsBoundaryArn, exceptions: [finding] });
    rmSync(join(folder, "cdktf.out"), { recursive: true });
    expect(synthesize(["stages"], account)).toMatchObject({ status: 0, stderr: "" });
    expect(written()).toEqual([account]);
  });
});
