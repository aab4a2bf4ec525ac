import { admits, exactRelease } from "../../schema/provider-version";
import { parseStage } from "../../schema/loader";
import { providerConstraint } from "../../schema";
import { ingresses, minimalService, minimalStage, stageWith } from "../fixtures/stage";

const messages = (fields: object) =>
  parseStage("config/dev/dev01/us-east-1-dev01.ts", { ...minimalStage, ...fields }).problems.map(
    ({ field, value, message }) => `${field}: ${JSON.stringify(value)} ${message}`,
  );
const withStrategy = (strategy: "blue-green" | "canary" | "linear") => ({
  ingress: ingresses["http-api"],
  services: { orders: { ...minimalService, routes: ["/*"], deployment: { strategy } } },
});
const viaAlb = { ingress: ingresses["rest-api via alb"] };

describe("providerVersion", () => {
  it.each([
    "5.100.0",
    "= 5.100.0",
    "~> 5.100",
    "~> 6.25.0",
    ">= 5.100.0, < 7.0.0",
    ">=6.25,<6.30,!=6.27.0",
    "> 6.0, <= 6.99.9",
  ])("accepts %j", (providerVersion) => {
    expect(messages({ providerVersion })).toEqual([]);
  });

  it.each(["", "latest", "6.x", "^6.0.0", "5.100.0 6.0.0", ">= 6.0.0,", "6.0.0-beta1", ">= 6.30.0, < 6.25.0", 6])(
    "refuses %j, which does not admit a release",
    (providerVersion) => {
      expect(messages({ providerVersion })).toEqual([
        expect.stringMatching(
          /^providerVersion: .* must be a version constraint of Terraform; write a release such as/,
        ),
      ]);
    },
  );

  it.each([
    "5.99.1",
    ">= 5.0, < 7.0.0",
    "~> 5.0",
    ">= 5.100.0",
    "~> 6",
    "7.0.0",
    "~> 7.1",
    "!= 6.0.0",
    "<= 7.0.0, > 6.0.0",
  ])("refuses %j, which admits releases that the stacks do not support", (providerVersion) => {
    expect(messages({ providerVersion })).toEqual([
      `providerVersion: ${JSON.stringify(providerVersion)} must admit only releases from 5.100.0 to below 7.0.0, which the stacks support; write one such as "6.25.0"`,
    ]);
  });

  it.each([
    [withStrategy("blue-green"), 'services.orders.deployment.strategy: "blue-green"'],
    [withStrategy("canary"), 'services.orders.deployment.strategy: "canary"'],
    [withStrategy("linear"), 'services.orders.deployment.strategy: "linear"'],
  ])("refuses a release that lacks what another field needs, and names both: %#", (fields, needing) => {
    expect(messages({ ...fields, providerVersion: "~> 5.100" })).toEqual([
      `providerVersion: "~> 5.100" must admit only releases from 6.25.0, which ${needing} needs; write "6.25.0", or leave providerVersion out`,
    ]);
    expect(messages({ ...fields, providerVersion: ">= 6.25.0, < 7.0.0" })).toEqual([]);
  });
});

describe("the constraint of a stage", () => {
  it.each([
    ["the tested release", {}, "5.100.0"],
    ["what its file chooses", { providerVersion: "~> 6.30" }, "~> 6.30"],
    ["the tested release where a REST API calls the ALB", viaAlb, "5.100.0"],
    ["the release of the bindings where traffic is shifted", withStrategy("canary"), "6.25.0"],
  ])("is %s", (_what, fields, constraint) => {
    expect(providerConstraint(stageWith(fields))).toBe(constraint);
  });
});

describe("a constraint", () => {
  it.each([
    ["5.100.0", "5.100.0", true],
    ["5.100.0", "5.100.1", false],
    ["~> 6.25", "6.30.4", true],
    ["~> 6.25", "7.0.0", false],
    ["~> 6.25.0", "6.25.9", true],
    ["~> 6.25.0", "6.26.0", false],
    [">= 6.25.0, < 7.0.0, != 6.26.0", "6.26.0", false],
    [">= 6.25.0, < 7.0.0, != 6.26.0", "6.27.0", true],
    ["> 6.25.0", "6.25.0", false],
    ["<= 6.25.0", "6.25.0", true],
    ["5.100.0", "linux_amd64", false],
  ])("%j admits %s: %s", (constraint, release, expected) => {
    expect(admits(constraint, release)).toBe(expected);
  });

  it("admits one release when it is a version without an operator, or with =", () => {
    expect(["5.100.0", "= 6.25.0", "~> 6.25.0", ">= 5.100.0, < 7.0.0", "6.25"].map(exactRelease)).toEqual([
      "5.100.0",
      "6.25.0",
      undefined,
      undefined,
      "6.25.0",
    ]);
  });
});
