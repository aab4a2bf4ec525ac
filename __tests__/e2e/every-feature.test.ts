import { stages } from "./service-stages";
import { expectNoChanges } from "./plan";
import { Sandbox } from "./sandbox";

const region = "us-east-1";

describe("stages with every feature of services", () => {
  let sandbox: Sandbox;
  const stacks = Object.keys(stages).map((stage) => `${stage}-${region}`);

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    for (const [stage, content] of Object.entries(stages)) {
      const text = JSON.stringify({ ...content, stage, region });
      const source = `import { defaults } from "../defaults";\nexport default { ...defaults, ...${text} };\n`;
      sandbox.write(`config/dev/${stage}/${region}-${stage}.ts`, source);
    }
    await sandbox.synthesize();
    // Terraform mostly waits, so that the stacks are deployed in parallel.
    await Promise.all(stacks.map((stack) => sandbox.deploy(stack)));
  });
  afterAll(() => sandbox.stop());

  it.each(stacks)("plan nothing more, as %s", async (stack) => {
    await expectNoChanges(sandbox, stack);
  });

  it("leave nothing behind after they are destroyed", async () => {
    await Promise.all(stacks.map((stack) => sandbox.terraform(stack, ["destroy", "-auto-approve", "-input=false"])));
    expect(await sandbox.leftovers()).toEqual([]);
    expect(sandbox.emulator.unanswered).toEqual([]);
  });
});
