import { DescribeTaskDefinitionCommand, ListTaskDefinitionsCommand } from "@aws-sdk/client-ecs";
import { App } from "cdktf";
import fc from "fast-check";
import { join } from "node:path";
import { stackName } from "../../config";
import { StageStack } from "../../stacks/stage-stack";
import { checked, combined, type CombinedStage } from "../hostile/combined";
import { hostileStage, sampled } from "../hostile/stages";
import { clientsOf } from "./aws/clients";
import { expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";
import { appliedResources } from "./state";

const accepted = fc.sample(hostileStage, sampled).filter(({ input }) => checked(input) !== undefined);
const stages = combined(accepted);
const bases = [...new Set(stages.map(({ base }) => base))].map((base, index) => ({
  name: `hostile${index + 1}`,
  versions: stages.filter((each) => each.base === base),
}));

/** The zone that dev's stages find. */
const zone = "appname-dev.example.com";

describe("what is accepted of two hundred hostile stages", () => {
  let sandbox: Sandbox;
  const apply = async (name: string, { input }: CombinedStage): Promise<string> => {
    const ingress: unknown = Reflect.get(input, "ingress");
    const domain = { name: `${name}.${zone}`, hostedZone: zone, certificate: { source: "create" } };
    const isAlb = typeof ingress === "object" && ingress !== null && "domain" in ingress;
    const stage = checked({ ...input, stage: name, ...(isAlb && { ingress: { ...ingress, domain } }) });
    if (stage === undefined) throw new Error(`${name} is refused`);
    const app = new App({ outdir: join(sandbox.folder, "cdktf.out") });
    new StageStack(app, stage);
    app.synth();
    const stack = stackName(stage);
    await sandbox.terraform(stack, ["init", "-input=false"]);
    await sandbox.terraform(stack, ["apply", "-auto-approve", "-input=false"]);
    return stack;
  };

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
  });
  afterAll(() => sandbox.stop());

  it.each(bases)("is applied, and $name has every text as it was written", async ({ name, versions }) => {
    for (const version of versions) {
      const stack = await apply(name, version);
      await expectNoChanges(sandbox, stack);
      const held = leaves((await appliedResources(sandbox, stack)).map(({ values }) => values));
      expect(version.texts.filter(({ text }) => !held.some((each) => each.includes(text)))).toEqual([]);
      const containers = leaves(await taskDefinitions(sandbox.emulator.endpoint));
      const ofContainers = version.texts.filter(({ place }) => /\.(command|environment)\./.test(place));
      expect(ofContainers.filter(({ text }) => !containers.includes(text))).toEqual([]);
    }
  });

  it("is enough to show something", () => {
    expect(accepted.length).toBeGreaterThan(25);
    expect(bases).toHaveLength(2);
  });
});

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

/** The containers of every task definition of the account, as ECS tells them. */
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
