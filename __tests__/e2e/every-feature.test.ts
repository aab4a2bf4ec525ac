import { stages } from "./service-stages";
import { expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";

const region = "us-east-1";

describe("stages with every feature of services", () => {
  let sandbox: Sandbox;
  const stacks = Object.keys(stages).map((stage) => `${stage}-${region}`);
  /** Runs Terraform on all of them side by side: mostly it waits. */
  const terraform = (...args: string[]) =>
    Promise.all(stacks.map((stack) => sandbox.terraform(stack, [...args, "-input=false"])));

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    for (const [stage, content] of Object.entries(stages)) {
      const text = JSON.stringify({ ...content, stage, region });
      const source = `import { defaults } from "../defaults";\nexport default { ...defaults, ...${text} };\n`;
      sandbox.write(`config/dev/${stage}/${region}-${stage}.ts`, source);
    }
    await sandbox.synthesize();
    await terraform("init");
    await terraform("apply", "-auto-approve");
  });
  afterAll(() => sandbox.stop());

  it.each(stacks)("plan nothing more, as %s", async (stack) => {
    await expectNoChanges(sandbox, stack);
  });

  it("leave nothing behind once they are destroyed", async () => {
    await terraform("destroy", "-auto-approve");
    expect(await sandbox.leftovers()).toEqual([]);
    expect(sandbox.emulator.unanswered).toEqual([]);
  });
});
