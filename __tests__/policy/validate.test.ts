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
  it("has no finding for the smallest stage of every ingress", () => {
    const stages = Object.values(ingresses).map((ingress, index) => ({ ingress, stage: `dev${index}` }));
    expect(() => {
      validated(stacksOf(...stages));
    }).not.toThrow();
  });

  it("reports the findings of all stacks in one error", () => {
    const exceptions = [{ rule: "api-waf", resource: "aws_lb.*", reason: "None." }];
    const stacks = stacksOf({ stage: "dev01", exceptions }, { stage: "dev02", exceptions });
    expect(() => {
      validated(stacks);
    }).toThrow(/^2 findings of the policy\n\ndev01-us-east-1 [^]*\n\ndev02-us-east-1 /);
  });

  it("checks the same JSON that is written", () => {
    const stack = new StageStack(new App(), stageWith());
    const rendering = stack.render();
    expect(stack.toTerraform()).toBe(rendering);
  });
});
