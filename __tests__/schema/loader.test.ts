import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadStages, stackName } from "../../schema";
import { fixtureStages } from "../fixtures/config";
import { minimalStage } from "../fixtures/stage";

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
      ingress: { ...minimalStage.ingress, accountLogRole: "existing" },
    });
    write("dev/defaults.ts", "export const defaults = {};");
    expect(loadStages(folder).map(stackName)).toEqual(["dev00-us-east-1", "dev01-us-east-1"]);
  });

  it.each([
    ["environment", "prod/dev01/us-east-1-dev01.ts", /environment: "dev" does not agree .*; write "prod" or move/],
    ["stage", "dev/dev02/us-east-1-dev02.ts", /stage: "dev01" does not agree .*; write "dev02" or move/],
    ["region", "dev/dev01/eu-west-1-dev01.ts", /region: "us-east-1" does not agree .*; write "eu-west-1" or move/],
  ])("are refused when the path disagrees with the %s", (_, path, message) => {
    write(path, minimalStage);
    expect(() => loadStages(folder)).toThrow(message);
    expect(() => loadStages(folder)).toThrow(`config/${path}`);
  });

  it("are refused when a file name does not end in its stage", () => {
    write("dev/dev01/main.ts", minimalStage);
    expect(() => loadStages(folder)).toThrow(
      /config\/dev\/dev01\/main.ts[^]*must be the name of a stage file; name it/,
    );
  });

  it("are refused when one does not compile, with the compiler's words", () => {
    write("dev/dev01/us-east-1-dev01.ts", "export default {{");
    expect(() => loadStages(folder)).toThrow(/us-east-1-dev01.ts[^]*cannot be loaded/);
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
      /stage: "dev01-us-east-1" clashes with config\/dev\/dev01\/us-east-1-dev01.ts/,
    );
  });

  it("are refused when two manage the log role of one account and region", () => {
    write("dev/dev01/us-east-1-dev01.ts", minimalStage);
    write("dev/dev02/us-east-1-dev02.ts", { ...minimalStage, stage: "dev02" });
    expect(() => loadStages(folder)).toThrow(
      /ingress.accountLogRole: "manage" clashes with .*write "existing" in one of the two/,
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
      /network.cidr: "10.0.128.0\/20" clashes with config\/dev\/dev01\/us-east-1-dev01\.ts; VPCs that overlap cannot be connected;/,
    );
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
