import { existsSync } from "node:fs";
import { join } from "node:path";
import { accountKind, stageKind, stagePages } from "../../schema/issues";
import { parseStage } from "../../schema/loader";
import { stageSchema } from "../../schema/stage";
import { problems, web } from "../fixtures/problems";
import { minimalService, minimalStage } from "../fixtures/stage";

/** The report of a stage whose field has another name. */
function renamed(field: keyof typeof minimalStage, name: string): string[] {
  const { [field]: value, ...others } = minimalStage;
  return parseStage("stage.ts", { ...others, [name]: value }).problems.map(
    ({ field: path, message }) => `${path} ${message}`,
  );
}

describe("a field that does not exist", () => {
  it("is one problem with the field that is meant, and the page that documents it", () => {
    expect(renamed("network", "netwrok")).toEqual([
      'netwrok is not a field of a stage file; did you mean "network"? See docs/network.md',
    ]);
  });

  it("is compared with the fields of its own object", () => {
    expect(problems(web({ healthCheck: { ...minimalService.healthCheck, targt: {} } }))).toMatch(
      /services\.orders\.healthCheck\.targt: \{\} is not a field of a stage file; did you mean "target"\? See docs\/services\.md$/,
    );
  });

  it("is compared with the fields of its variant of a union", () => {
    const egress = { mode: "nat-gateway", gatewys: "one" };
    expect(problems({ network: { ...minimalStage.network, egress } })).toMatch(
      /network\.egress\.gatewys: "one" is not a field of a stage file; did you mean "gateways"\? See docs\/network\.md$/,
    );
    const endpoints = { mode: "vpc-endpoints", gatewys: "one" };
    expect(problems({ network: { ...minimalStage.network, egress: endpoints } })).toMatch(
      /gatewys: "one" is not a field of a stage file; remove it, or see docs\/network\.md$/,
    );
  });

  it("is compared with the fields of every variant where nothing says which one is meant", () => {
    const parametrArn = "arn:aws:ssm:us-east-1:111122223333:parameter/shop";
    expect(problems(web({ secrets: { STRIPE: { parametrArn } } }))).toMatch(
      /^1 problem[^]*secrets\.STRIPE\.parametrArn: .* did you mean "parameterArn"\?/,
    );
  });

  it("is one problem in the place of the field that says which variant is meant", () => {
    expect(problems({ services: { orders: { knd: "web", healthCheck: minimalService.healthCheck } } })).toMatch(
      /^1 problem[^]*services\.orders\.knd: "web" is not a field of a stage file; did you mean "kind"\?/,
    );
  });

  it("hides a value in the position of a secret", () => {
    expect(problems(web({ secrets: { STRIPE: { value: "hunter2" } } }))).toMatch(
      /secrets\.STRIPE\.value: "\(hidden\)"/,
    );
    expect(problems({ data: { postgres: { kind: "instance", password: "hunter2" } } })).toMatch(
      /data\.postgres\.password: "\(hidden\)"/,
    );
  });
});

test("the pages that messages name exist", () => {
  const pages = [accountKind.pageOf(""), ...Object.keys(stageSchema.shape).map(stageKind.pageOf)];
  expect(pages.filter((page) => !existsSync(join(__dirname, "../..", page)))).toEqual([]);
});

test("what has a page of its own is a field of a stage file", () => {
  expect(Object.keys(stagePages).filter((field) => !(field in stageSchema.shape))).toEqual([]);
});

test("a wrong region is the only problem of a stage, though its zones and certificates are in another one", () => {
  expect(problems({ region: "us-east1" })).toMatch(
    /^1 problem[^]*region: "us-east1" must be an AWS region; did you mean "us-east-1"\?$/,
  );
});

test("a misspelt field beside the right one of the defaults is recognized", () => {
  expect(problems({ netwrok: {} })).toMatch(
    /^1 problem[^]*netwrok: \{\} is not a field of a stage file; did you mean "network"\? See docs\/network\.md$/,
  );
});

test("a region that is similar to none is refused with the list", () => {
  expect(problems({ region: "moon-1" })).toMatch(/must be an AWS region; write one from schema\/regions\.ts/);
});
