import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadStages, stackName, webServices } from "../schema";
import packageJson from "../package.json";
import { copyProject } from "./fixtures/config";

const project = join(__dirname, "..");
const readme = readFileSync(join(project, "README.md"), "utf8");
const [example = ""] = /(?<=```ts\n)[^]*?(?=```)/.exec(readme) ?? [];
const [ingress = ""] = /(?<=```\n)ingress: [^]*?(?=```)/.exec(readme) ?? [];
const [services = ""] = /(?<=```\n)data: [^]*?(?=```)/.exec(readme) ?? [];
const [, stores = ""] = readme.match(/(?<=```\n)data: [^]*?(?=```)/g) ?? [];
const [watch = ""] = /(?<=```\n)monitoring: [^]*?(?=```)/.exec(readme) ?? [];
const [exceptions = ""] = /(?<=```\n)exceptions: [^]*?(?=```)/.exec(readme) ?? [];
const [report = ""] = /(?<=```\n)\d problems in the configuration[^]*?(?=\n```)/.exec(readme) ?? [];

describe("the README", () => {
  let folder: string;
  const load = (stage: string) => {
    folder = mkdtempSync(join(tmpdir(), "readme-"));
    copyProject(folder, ["schema", "package.json"]);
    mkdirSync(join(folder, "config/dev/dev04"));
    writeFileSync(join(folder, "config/dev/dev04/us-east-1-dev04.ts"), stage);
    return loadStages(join(folder, "config"));
  };
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("shows a stage file that works as it is", () => {
    expect(load(example).map(stackName)).toContain("dev04-us-east-1");
  });

  it("shows an ingress that works as it is", () => {
    const [head = ""] = example.split(/^ {2}services:/m);
    const stage = load(`${head}${ingress}});`).find((each) => each.stage === "dev04");
    expect(stage?.ingress).toMatchObject({ kind: "rest-api", domain: { name: "api.example.com" }, waf: {} });
    expect(stage && webServices(stage).flatMap(([, { routes }]) => routes.map(({ text }) => text))).toEqual([
      "GET /health",
      "POST /orders",
      "/orders/*",
    ]);
  });

  it("shows services that work as they are", () => {
    const [head = ""] = example.split(/^ {2}services:/m);
    const stage = load(`${head}${services}});`).find((each) => each.stage === "dev04");
    const kinds = Object.entries(stage?.services ?? {}).map(([name, { kind }]) => `${name}: ${kind}`);
    expect(kinds).toEqual(["shop: web", "prices: web", "mailer: worker", "report: job"]);
  });

  it("shows stores, alarms and exceptions that work as they are", () => {
    const [head = "", tail = ""] = example.split(/^ {2}services:[^]*?^ {2}},\n/m);
    const stage = load(`${head}${stores}${watch}${exceptions}${tail}`).find((each) => each.stage === "dev04");
    expect(Object.keys(stage?.data ?? {})).toEqual(expect.arrayContaining(["postgres", "redis", "secrets"]));
    expect(stage).toMatchObject({
      bastion: { access: "ssm" },
      monitoring: { alarms: { chat: "slack" }, budget: { monthlyUsd: 500 } },
      exceptions: [{ rule: "instance-ingress" }],
    });
  });

  it("shows the report of problems as it is printed", () => {
    const wrong = example
      .replace('"us-east-1b"', '"eu-west-1b"')
      .replace("memoryMiB: 1024", "memoryMiB: 4096")
      .replace("cpu: 512", "cpu: 256");
    expect(wrong).not.toBe(example);
    expect(() => load(wrong)).toThrow(report);
    expect(report).toContain("config/dev/dev04/us-east-1-dev04.ts");
  });

  it("names npm scripts that exist", () => {
    const named = [...readme.matchAll(/npm run ([a-z0-9:]+)/g)].map(([, script = ""]) => script);
    expect(named.length).toBeGreaterThan(5);
    expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(named));
  });
});
