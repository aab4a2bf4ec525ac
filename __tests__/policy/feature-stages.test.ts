import { checkStack } from "../../policy/check-stack";
import { rules } from "../../policy/rules";
import { featureStages } from "./feature-stages";
import { rendered } from "./synthesized-stages";

describe("the policy has no finding in", () => {
  it.each(Object.entries(featureStages))("%s", (_, stage) => {
    expect(checkStack(stage, rendered(stage), rules).findings).toEqual([]);
  });
});
