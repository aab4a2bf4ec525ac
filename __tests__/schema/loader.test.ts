import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadConfiguration, loadStages, stackName, stageFile } from "../../schema";
import { fixtureStages } from "../fixtures/config";
import { minimalDomain, minimalStage } from "../fixtures/stage";
import { minimalAccount } from "../stacks/account/synthesized-account";

const elsewhere = { ...minimalStage.network, cidr: "10.1.0.0/16" };

describe("the stage files of a folder", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "config-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (path: string, content: object | string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const source = typeof content === "string" ? content : `export default ${JSON.stringify(content)};`;
    writeFileSync(join(folder, path), source);
  };

  it("are loaded with their defaults, in the order of their paths", () => {
    write("dev/dev01/us-east-1-dev01.ts", minimalStage);
    write("dev/dev00/us-east-1-dev00.ts", {
      ...minimalStage,
      stage: "dev00",
      network: elsewhere,
    });
    expect(loadStages(folder).map(stackName)).toEqual(["dev00-us-east-1", "dev01-us-east-1"]);
  });

  it.each([
    ["environment", "prod/dev01/us-east-1-dev01.ts", /environment: "dev" does not agree .*; write "prod" or move/],
    ["stage", "dev/dev02/us-east-1-dev02.ts", /stage: "dev01" does not agree .*; write "dev02" or move/],
    ["region", "dev/dev01/eu-west-1-dev01.ts", /region: "us-east-1" does not agree .*; write "eu-west-1" or move/],
  ])("are refused when the path disagrees with the %s", (_, path, message) => {
    write(path, minimalStage);
    expect(() => loadStages(folder)).toThrow(message);
    expect(() => loadStages(folder)).toThrow(join(folder, path));
  });

  it("are refused when a file name does not end in its stage", () => {
    write("dev/dev01/main.ts", minimalStage);
    expect(() => loadStages(folder)).toThrow(/\/dev\/dev01\/main.ts[^]*must be the name of a stage file; name it/);
  });

  it("are refused when one throws an error, with its line", () => {
    write("dev/dev01/us-east-1-dev01.ts", 'const team = undefined;\n\nthrow new Error("no such team");');
    expect(() => loadStages(folder)).toThrow(
      /us-east-1-dev01.ts\n  line 3, column \d+: Error: no such team; correct the file$/,
    );
  });

  it("are refused when one exports a function, with the field", () => {
    write(
      "dev/dev01/us-east-1-dev01.ts",
      `export default { ...${JSON.stringify(minimalStage)}, owner: () => "team" };`,
    );
    expect(() => loadStages(folder)).toThrow(/^1 problem in[^]*\n {2}owner: is a function; write text, .*$/);
  });

  it("are refused when one exports nothing", () => {
    write("dev/dev01/us-east-1-dev01.ts", "export const stage = {};");
    expect(() => loadStages(folder)).toThrow(/default export: is missing; write export default defineStage/);
  });

  it("are refused together, with the problems of all files", () => {
    write("dev/dev01/us-east-1-dev01.ts", { ...minimalStage, owner: "" });
    write("dev/dev02/us-east-1-dev02.ts", { ...minimalStage, stage: "dev02", accountId: "" });
    expect(() => loadStages(folder)).toThrow(/us-east-1-dev01.ts[^]*owner[^]*us-east-1-dev02.ts[^]*accountId/);
  });

  it("are refused when two have the same stack name", () => {
    write("dev/dev01/us-east-1-dev01.ts", minimalStage);
    write("qa/dev01/us-east-1-dev01.ts", { ...minimalStage, environment: "qa", accountId: "444455556666" });
    expect(() => loadStages(folder)).toThrow(
      /stage: "dev01-us-east-1" clashes with .*\/dev\/dev01\/us-east-1-dev01.ts/,
    );
  });

  it("are refused when two keep their state in one local file", () => {
    const state = { backend: "local", path: "terraform.tfstate" };
    write("dev/dev01/us-east-1-dev01.ts", { ...minimalStage, state });
    write("dev/dev01/eu-west-1-dev01.ts", {
      ...minimalStage,
      state,
      region: "eu-west-1",
      network: { ...minimalStage.network, zones: ["eu-west-1a", "eu-west-1b"] },
    });
    expect(() => loadStages(folder)).toThrow(/state.path: "terraform.tfstate" clashes with/);
  });

  it("are refused when their VPCs overlap in one account", () => {
    write("dev/dev01/us-east-1-dev01.ts", minimalStage);
    const network = { ...minimalStage.network, cidr: "10.0.128.0/20" };
    write("dev/dev02/us-east-1-dev02.ts", { ...minimalStage, stage: "dev02", network });
    expect(() => loadStages(folder)).toThrow(
      /network.cidr: "10.0.128.0\/20" clashes with .*\/dev\/dev01\/us-east-1-dev01\.ts; VPCs that overlap cannot be connected;/,
    );
  });
});

describe("the files of a folder of which some stacks are chosen", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "chosen-"));
    write("dev/dev01/us-east-1-dev01.ts", minimalStage);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (path: string, content: object | string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const source = typeof content === "string" ? content : `export default ${JSON.stringify(content)};`;
    writeFileSync(join(folder, path), source);
  };
  const load = (...stacks: readonly string[]) => loadConfiguration(folder, { stacks });
  const { ingress } = minimalStage;
  const other = { ...minimalStage, stage: "dev02", network: elsewhere };
  const failover = (role: string) => ({
    ...ingress,
    domain: { ...minimalDomain, routing: { policy: "failover", role, healthCheckPath: "/health" } },
  });

  it("are loaded when the home of their account has a problem of its own", () => {
    write("accounts/shop-dev/us-east-1.ts", { ...minimalAccount, owner: "" });
    const second = { ...minimalAccount, home: false, region: "eu-west-1", stateBucket: "shop-eu" };
    write("accounts/shop-dev/eu-west-1.ts", second);
    expect(load("account-shop-dev-eu-west-1").accounts).toHaveLength(1);
  });

  it.each([
    ["a syntax error", "dev/dev02/us-east-1-dev02.ts", "export default {{"],
    ["a wrong field", "dev/dev02/us-east-1-dev02.ts", { ...other, owner: "" }],
    ["a wrong folder", "dev/oops/us-east-1-dev02.ts", other],
    ["a wrong account", "accounts/shop-dev/us-east-1.ts", { ...minimalAccount, owner: "" }],
  ])("are loaded despite %s of another", (_, path, content) => {
    write(path, content);
    expect(() => loadConfiguration(folder)).toThrow(join(folder, path));
    expect(load("dev01-us-east-1").stages.map(stackName)).toEqual(["dev01-us-east-1"]);
    expect(loadStages(folder, { stacks: ["dev01-us-east-1"] }).map(stackName)).toEqual(["dev01-us-east-1"]);
  });

  it("are refused for the problems of a chosen one", () => {
    write("dev/dev02/us-east-1-dev02.ts", { ...other, owner: "" });
    expect(() => load("dev02-us-east-1")).toThrow(/us-east-1-dev02.ts\n  owner: ""/);
  });

  it("are refused when a chosen one clashes with another, whichever of the two reports it", () => {
    write("dev/dev02/us-east-1-dev02.ts", { ...other, network: minimalStage.network });
    for (const stack of ["dev01-us-east-1", "dev02-us-east-1"]) {
      expect(() => load(stack)).toThrow(/us-east-1-dev02.ts\n  network.cidr: .* clashes with .*us-east-1-dev01.ts/);
    }
  });

  it("are loaded when two others clash", () => {
    write("dev/dev02/us-east-1-dev02.ts", other);
    write("dev/dev03/us-east-1-dev03.ts", { ...other, stage: "dev03" });
    expect(() => loadConfiguration(folder)).toThrow(/network.cidr/);
    expect(load("dev01-us-east-1").isChosen("dev02-us-east-1")).toBe(false);
  });

  const account = "account-shop-dev-us-east-1";

  it("are refused for a stage of a chosen account, whose permissions need all of them", () => {
    write("accounts/shop-dev/us-east-1.ts", minimalAccount);
    write("dev/dev02/us-east-1-dev02.ts", "export default {{");
    expect(() => load(account)).toThrow(/us-east-1-dev02.ts/);
  });

  it("are loaded despite a wrong field of a stage in another account than the chosen one", () => {
    write("accounts/shop-dev/us-east-1.ts", minimalAccount);
    write("dev/dev02/us-east-1-dev02.ts", { ...other, owner: "", accountId: "444455556666" });
    expect(load(account).accounts).toHaveLength(1);
  });

  it("are refused for a name that no file describes, with the most similar one", () => {
    expect(() => load("dev01-us-east1")).toThrow(
      /^there is no stack "dev01-us-east1"; choose one of dev01-us-east-1; did you mean dev01-us-east-1\?$/,
    );
  });

  it("are refused for such a name with the files that have a wrong path, one of which may be meant", () => {
    write("dev/oops/us-east-1-dev02.ts", other);
    expect(() => load("dev02-us-east-1")).toThrow(
      /there is no stack "dev02-us-east-1"[^]*is not the folder of this stage/,
    );
  });

  it("are refused for an account in a folder without account files, with the file to add", () => {
    expect(() => load("account-shop-dev-us-east-1")).toThrow(
      /^there is no account stack; add \/\S+\/accounts\/<alias>\/<region>\.ts$/,
    );
  });

  it("are refused for the stack of an account where only stages are loaded", () => {
    write("accounts/shop-dev/us-east-1.ts", minimalAccount);
    expect(() => loadStages(folder, { stacks: [account] })).toThrow(
      /^"account-shop-dev-us-east-1" must be the stack of a stage, not of an account; choose one of dev01-us-east-1$/,
    );
  });

  it("draw no conclusion from a stage that has problems of its own", () => {
    const health = { route: "GET /health", public: true };
    const [name] = Object.keys(minimalStage.services);
    const services = { [name ?? ""]: { ...minimalStage.services.orders, routes: [health] } };
    write("dev/dev01/us-east-1-dev01.ts", { ...minimalStage, services, ingress: failover("primary") });
    expect(() => loadConfiguration(folder)).toThrow(/has no second region/);
    write("accounts/shop-dev/us-east-1.ts", { ...minimalAccount, deploysFrom: { qa: { branches: ["main"] } } });
    expect(() => loadConfiguration(folder)).toThrow(/deploysFrom.qa/);
    write("qa/dev02/eu-west-1-dev02.ts", "export default {{");
    expect(() => loadConfiguration(folder)).toThrow(/^1 problem in[^]*eu-west-1-dev02.ts/);
  });

  it("have the problem of a file that several import once, at the file", () => {
    write("dev/defaults.ts", 'throw new Error("no");');
    const source = 'import "../defaults";\nexport default {};';
    write("dev/dev01/us-east-1-dev01.ts", source);
    write("dev/dev02/us-east-1-dev02.ts", source);
    expect(() => loadConfiguration(folder)).toThrow(/^1 problem in[^]*defaults.ts\n  line 1, column \d+: Error: no;/);
  });

  it("name the file of a stage by its path", () => {
    expect(load("dev01-us-east-1").stages.map(stageFile)).toEqual([join(folder, "dev/dev01/us-east-1-dev01.ts")]);
  });
});

describe("the stage files of the fixtures", () => {
  it("are five stacks", () => {
    expect(fixtureStages().map(stackName).sort()).toEqual([
      "dev02-eu-west-1",
      "dev02-us-east-1",
      "dev03-us-east-1",
      "prod01-eu-west-1",
      "prod01-us-east-1",
    ]);
  });
});
