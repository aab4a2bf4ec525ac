import { loadStages, stackName } from "../../schema";
import { Synthesized } from "../fixtures/synthesized";

const stages = loadStages().map((stage) => [stackName(stage), stage] as const);

describe("the shipped stages", () => {
  // One snapshot per stage file: a change of config shows its whole effect in review.
  it.each(stages)("synthesize %s", (_, stage) => {
    expect(new Synthesized(stage).json).toMatchSnapshot();
  });

  it.each(stages)("tag everything in %s", (_, config) => {
    const { app, environment, stage, owner } = config;
    const { provider } = new Synthesized(config).json;
    const tags = { app, environment, stage, owner, "managed-by": "terraform" };
    expect(provider).toMatchObject({ aws: [{ default_tags: [{ tags }] }] });
  });
});
