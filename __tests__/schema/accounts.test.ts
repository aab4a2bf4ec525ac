import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { accountStackName, loadAccounts, loadStages } from "../../schema";
import { fixtureAccounts } from "../fixtures/config";
import { stageWith } from "../fixtures/stage";
import { minimalAccount } from "../stacks/account/synthesized-account";

const path = "accounts/shop-dev/us-east-1.ts";
const stages = [stageWith()];
/** A file of another app in the account. */
const otherApp = { ...minimalAccount, app: "desk", alias: "desk-dev", home: false, stateBucket: "desk-state" };
/** A second file of the account. */
const second = { ...minimalAccount, home: false, region: "eu-west-1", stateBucket: "shop-eu" };

describe("the account files of a folder", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "accounts-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (file: string, content: object | string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    const source = typeof content === "string" ? content : `export default ${JSON.stringify(content)};`;
    writeFileSync(join(folder, file), source);
  };
  const load = (served = stages) => loadAccounts(served, folder);

  it("are loaded with their defaults, and not as stage files", () => {
    write(path, minimalAccount);
    expect(load()).toMatchObject([
      {
        gitlab: { url: "https://gitlab.com" },
        home: true,
        apiGatewayLogRole: "manage",
        deploysFrom: {},
        tags: {},
      },
    ]);
    expect(load().map(accountStackName)).toEqual(["account-shop-dev-us-east-1"]);
    expect(loadStages(folder)).toEqual([]);
  });

  it("are an empty list without account files", () => {
    expect(load()).toEqual([]);
  });

  it.each([
    ["alias", "accounts/other/us-east-1.ts", /alias: "shop-dev" does not agree .*; write "other" or move/],
    ["region", "accounts/shop-dev/eu-west-1.ts", /region: "us-east-1" does not agree .*; write "eu-west-1" or move/],
  ])("are refused when the path disagrees with the %s", (_, elsewhere, message) => {
    write(elsewhere, minimalAccount);
    expect(() => load()).toThrow(message);
    expect(() => load()).toThrow(join(folder, elsewhere));
  });

  it("are refused when one does not compile, or exports nothing", () => {
    write(path, "export default {{");
    write("accounts/shop-qa/us-east-1.ts", "export const account = {};");
    expect(() => load()).toThrow(/^2 problems[^]*correct the file[^]*is missing; write export default defineAccount/);
  });

  it.each([
    [
      "a branch with a wildcard",
      { deploysFrom: { dev: { branches: ["*"] } } },
      /deploysFrom.dev.branches\[0\]: "\*" must be a branch; write its complete name, without a wildcard, such as "main"/,
    ],
    [
      "an environment without branches and tags",
      { deploysFrom: { dev: {} } },
      /deploysFrom.dev: .*must name a branch or a tag; write branches: \["main"\]/,
    ],
    [
      "a GitLab project without a group",
      { gitlab: { project: "shop" } },
      /gitlab.project: "shop" must be the path of a project/,
    ],
    [
      "a GitLab project with a wildcard",
      { gitlab: { project: "group/*" } },
      /gitlab.project: "group\/\*" must be the path of a project; write its groups and its name, such as "group\/project"/,
    ],
    [
      "an issuer without TLS",
      { gitlab: { project: "group/shop", url: "http://git" } },
      /gitlab.url: "http:\/\/git" must be a URL that IAM accepts as an issuer; write https:\/\/ and the host, without a port,/,
    ],
    ["an unknown field", { stages: [] }, /stages: \[\] is not a field of an account file; .*see docs\/accounts\.md/],
    [
      "an unknown environment",
      { deploysFrom: { qa: { tags: ["v*"] } } },
      /deploysFrom.qa: "qa" must be the environment of a stage of this account; write one of dev$/m,
    ],
    [
      "unusual costs in a file that is not the home of the account",
      { home: false, costAnomalies: { email: ["team@example.com"] } },
      /costAnomalies: .* is about the whole account; write it in the file that is the home of the account/,
    ],
    [
      "a cost monitor without its ARN",
      { costAnomalies: { email: ["team@example.com"], monitorArn: "Default-Services-Monitor" } },
      /costAnomalies.monitorArn: "Default-Services-Monitor" must be the ARN of a cost monitor; write one such as/,
    ],
    [
      "an alias role without trusted roles",
      { aliasRole: { name: "deploy", trustedRoleArns: [] } },
      /trustedRoleArns: \[\] must not be empty; write the ARN of a role, or leave aliasRole out/,
    ],
  ])("are refused when they name %s", (_, fields, message) => {
    write(path, { ...minimalAccount, ...fields });
    expect(() => load()).toThrow(message);
  });

  it("are refused together, with every problem", () => {
    write(path, { ...minimalAccount, owner: "", accountId: "1" });
    expect(() => load()).toThrow(/^2 problems[^]*accountId: "1"[^]*owner: ""/);
  });

  it("are refused when two create the same resources", () => {
    write(path, minimalAccount);
    write("accounts/shop-two/us-east-1.ts", { ...minimalAccount, alias: "shop-two" });
    const clashes = [
      /stateBucket: .*name another/,
      /region: .*remove one/,
      /regions: .*clashes with .*\/accounts\/shop-dev\/us-east-1\.ts; a stage gets its roles from one file;/,
      /home: true clashes with .*\/accounts\/shop-dev\/us-east-1\.ts; an account has one home, .*; write home: false in one/,
    ];
    for (const clash of clashes) expect(() => load()).toThrow(clash);
    expect(() => load()).toThrow(/^4 problems/);
  });

  it("are refused when two of an account create one role or one OIDC provider", () => {
    const gitlab = { ...minimalAccount.gitlab, provider: "manage" };
    const aliasRole = { name: "deploy", trustedRoleArns: ["arn:aws:iam::111122223333:role/runner"] };
    write(path, { ...minimalAccount, aliasRole });
    write("accounts/shop-dev/eu-west-1.ts", { ...second, gitlab, aliasRole });
    expect(() => load()).toThrow(/^2 problems/);
    expect(() => load()).toThrow(/gitlab.provider: "manage" clashes with .*; .*write "existing" in one of the two/);
    expect(() => load()).toThrow(/aliasRole.name: "deploy" clashes with .*; .*name another/);
  });

  it("are refused when two apps set the log role of API Gateway in one account and region", () => {
    write(path, minimalAccount);
    write("accounts/desk-dev/us-east-1.ts", otherApp);
    expect(() => load()).toThrow(/^1 problem[^]*apiGatewayLogRole: "manage" clashes with .*write "existing" in one/);
  });

  it("may be of two apps in one account and region, of which one sets the log role of API Gateway", () => {
    write(path, minimalAccount);
    write("accounts/desk-dev/us-east-1.ts", { ...otherApp, apiGatewayLogRole: "existing" });
    expect(load()).toHaveLength(2);
  });

  it("are refused when no file of an account is its home", () => {
    write(path, { ...minimalAccount, home: false });
    write("accounts/shop-dev/eu-west-1.ts", second);
    expect(() => load()).toThrow(
      /^1 problem[^]*home: false leaves the account 111122223333 without a home, .*; remove the field from one of its files/,
    );
  });

  it("may be several for an account, in regions of their own", () => {
    write(path, minimalAccount);
    write("accounts/shop-dev/eu-west-1.ts", second);
    expect(load()).toHaveLength(2);
  });
});

describe("the account files of the fixtures", () => {
  it("are one for each account", () => {
    expect(fixtureAccounts().map(accountStackName)).toEqual([
      "account-appname-dev-us-east-1",
      "account-appname-prod-us-east-1",
    ]);
  });
});
