import { App } from "cdktf";
import { enforcePolicy } from "../../policy/validate";
import { StageStack } from "../../stacks/stage-stack";
import { stageWith, ingresses } from "../fixtures/stage";

const stacksOf = (...stages: Parameters<typeof stageWith>[0][]) => {
  const app = new App();
  return stages.map((fields) => {
    const stage = stageWith(fields);
    return { stage, stack: new StageStack(app, stage) };
  });
};
const validated = (stacks: ReturnType<typeof stacksOf>) => {
  enforcePolicy(stacks);
  for (const { stack } of stacks) stack.prepareStack();
  stacks[0]?.stack.runAllValidations();
};

describe("the policy", () => {
  it("holds for the smallest stage of every way in", () => {
    const stages = Object.values(ingresses).map((ingress, index) => ({ ingress, stage: `dev${index}` }));
    expect(() => {
      validated(stacksOf(...stages));
    }).not.toThrow();
  });

  it("refuses all stacks at once, in one error", () => {
    const images = { tags: "mutable" } as const;
    const stacks = stacksOf({ stage: "dev01", images }, { stage: "dev02", images });
    expect(() => {
      validated(stacks);
    }).toThrow(/^2 findings of the policy\n\ndev01-us-east-1 [^]*\n\ndev02-us-east-1 /);
  });

  it("leaves to be written what it has checked", () => {
    const stack = new StageStack(new App(), stageWith());
    const rendering = stack.render();
    expect(stack.toTerraform()).toBe(rendering);
  });
});
