import { DescribeTaskDefinitionCommand, ListTaskDefinitionsCommand } from "@aws-sdk/client-ecs";
import { App } from "cdktf";
import fc from "fast-check";
import { join } from "node:path";
import pLimit from "p-limit";
import { stackName } from "../../schema";
import { StageStack } from "../../stacks/stage-stack";
import { checked, combined, type CombinedStage } from "../hostile/combined";
import { hostileStage, sampled } from "../hostile/stages";
import { clientsOf } from "./aws/clients";
import { expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";
import { appliedResources } from "./state";

/** Each runs Terraform and its provider, with half a gigabyte. */
const concurrentStages = 6;

const accepted = fc.sample(hostileStage, sampled).filter(({ input }) => checked(input) !== undefined);
const stages = combined(accepted).map((combination, index) => ({ name: `hostile${index + 1}`, ...combination }));

/** The hosted zone of the dev stages. */
const zone = "appname-dev.example.com";

describe(`the valid stages of ${sampled.numRuns} hostile ones`, () => {
  let sandbox: Sandbox;
  const results = new Map<string, unknown>();

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    const limit = pLimit(concurrentStages);
    const deployed = stages.map((stage) => limit(deploy, sandbox, stage).catch((error: unknown) => error));
    for (const [index, { name }] of stages.entries()) results.set(name, await deployed[index]);
  });
  afterAll(() => sandbox.stop());

  it.each(stages)("are applied, and $name has every text unchanged", async ({ name, texts }) => {
    const stack = results.get(name);
    if (typeof stack !== "string") throw stack;
    await expectNoChanges(sandbox, stack);
    const held = leaves((await appliedResources(sandbox, stack)).map(({ values }) => values));
    expect(texts.filter(({ text }) => !held.some((each) => each.includes(normalized(text))))).toEqual([]);
    const containers = leaves(await taskDefinitions(sandbox.emulator.endpoint));
    const ofContainers = texts.filter(({ place }) => /\.(command|environment)\./.test(place));
    expect(ofContainers.filter(({ text }) => !containers.includes(normalized(text)))).toEqual([]);
  });

  it("are enough for the test", () => {
    expect(accepted.length).toBeGreaterThan(25);
    expect(stages.length).toBeGreaterThan(1);
  });
});

/** Removes the hosts of all routes. */
function withoutHosts(stage: object): void {
  for (const service of Object.values(partOf(stage, "services")) as unknown[]) {
    const routes: unknown = typeof service === "object" && service !== null ? Reflect.get(service, "routes") : [];
    for (const route of Array.isArray(routes) ? (routes as unknown[]) : []) {
      if (typeof route === "object" && route !== null) Reflect.deleteProperty(route, "hosts");
    }
  }
}

/** As Terraform keeps it: https://pkg.go.dev/github.com/zclconf/go-cty/cty/ctystrings */
function normalized(text: string): string {
  return text.normalize("NFC");
}

/** Deploys a stage under a name of its own; returns its stack. */
async function deploy(sandbox: Sandbox, { name, input, texts }: CombinedStage & { name: string }): Promise<string> {
  const own = structuredClone(input);
  Reflect.set(own, "stage", name);
  const ingress = partOf(own, "ingress");
  const domain = { name: `${name}.${zone}`, hostedZone: zone, certificate: { source: "create" } };
  if ("domain" in ingress) Reflect.set(ingress, "domain", domain);
  // The certificate of the domain has no host of another one.
  if (!texts.some(({ place }) => place.includes(".hosts"))) withoutHosts(own);
  // Resources that take long to plan or to create are left out unless they contain a hostile text.
  for (const [part, slow] of [
    ["ingress", "waf"],
    ["ingress", "uploads"],
    ["data", "redis"],
  ] as const) {
    if (!texts.some(({ place }) => place.startsWith(`${part}.${slow}`)))
      Reflect.deleteProperty(partOf(own, part), slow);
  }
  const stage = checked(own);
  if (stage === undefined) throw new Error(`${name} is refused`);
  const app = new App({ outdir: join(sandbox.folder, "cdktf.out") });
  new StageStack(app, stage);
  app.synth();
  const stack = stackName(stage);
  await sandbox.deploy(stack);
  return stack;
}

function partOf(input: object, name: string): object {
  const part: unknown = Reflect.get(input, name);
  return typeof part === "object" && part !== null ? part : {};
}

/** Every text of a value, and every name in it; JSON within a text is read, too. */
function leaves(value: unknown): string[] {
  if (typeof value === "string") return [value, ...(/^\s*[[{]/.test(value) ? leaves(json(value)) : [])];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [name, ...leaves(each)]);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The containers of every task definition of the account, as ECS describes them. */
async function taskDefinitions(endpoint: string): Promise<unknown> {
  const { ecs } = clientsOf(endpoint, "us-east-1");
  const { taskDefinitionArns = [] } = await ecs.send(new ListTaskDefinitionsCommand({}));
  return Promise.all(
    taskDefinitionArns.map(async (taskDefinition) => {
      const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
      return described.taskDefinition?.containerDefinitions;
    }),
  );
}
