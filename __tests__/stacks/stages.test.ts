import { loadStages, stackName } from "../../config";
import { Synthesized } from "../synthesized";

describe("the shipped stages", () => {
  // One snapshot per stage file: a change of config shows its whole effect in review.
  it.each(loadStages().map((stage) => [stackName(stage), stage] as const))("synthesize %s", (_, stage) => {
    expect(new Synthesized(stage).json).toMatchSnapshot();
  });
});
