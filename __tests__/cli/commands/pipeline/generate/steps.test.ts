import type { Occasion } from "../../../../../cli/commands/pipeline/generate/occasion";
import { workOn } from "../../../../../cli/commands/pipeline/generate/steps";
import { changesWith, prod, stackWith } from "./stack";

const onMain: Occasion = { kind: "deployment", ref: { kind: "branch", name: "main" } };
const onTag: Occasion = { kind: "deployment", ref: { kind: "tag", name: "v1.2.0" } };
const dev = stackWith();

function stepsOf(changes: ReturnType<typeof changesWith>, occasion: Occasion, ...stacks: (typeof dev)[]) {
  const work = workOn(stacks.length === 0 ? [dev] : stacks, changes, occasion);
  return Object.fromEntries(work.map(({ stack, steps }) => [stack.name, steps.join(" ")]));
}

describe("what the pipeline does to a stack", () => {
  const changed = changesWith({ changed: [dev.name, prod.name] });

  it("is only a plan in a merge request, whoever deploys it", () => {
    expect(stepsOf(changed, { kind: "merge request" }, dev, prod)).toEqual({ [dev.name]: "plan", [prod.name]: "plan" });
  });

  it("is nothing where its JSON did not change", () => {
    expect(stepsOf(changesWith(), { kind: "merge request" })).toEqual({});
    expect(stepsOf(changesWith(), onMain)).toEqual({});
  });

  it("is a plan in a merge request that adds it, and nothing in one that changes its image only", () => {
    expect(stepsOf(changesWith({ added: [dev.name] }), { kind: "merge request" })).toEqual({ [dev.name]: "plan" });
    expect(stepsOf(changesWith({ image: true }), { kind: "merge request" })).toEqual({});
  });

  it("is apply and rollout where Terraform has something to do", () => {
    expect(stepsOf(changed, onMain)).toEqual({ [dev.name]: "plan apply rollout destroy" });
  });

  it("is image, migrate, release and rollout where only the image changed", () => {
    expect(stepsOf(changesWith({ image: true }), onMain)).toEqual({
      [dev.name]: "image migrate release rollout destroy",
    });
  });

  it("is everything for a new stack, which has no image yet", () => {
    const all = "plan apply image migrate release rollout destroy";
    expect(stepsOf(changesWith({ added: [dev.name] }), onMain)).toEqual({ [dev.name]: all });
  });

  it("leaves out what the stack has no use for", () => {
    const plain = stackWith({ migrates: false, isShortLived: false });
    expect(stepsOf(changesWith({ image: true }), onMain, plain)).toEqual({ [dev.name]: "image release rollout" });
    const foreign = stackWith({ buildsImages: false });
    expect(stepsOf(changesWith({ image: true }), onMain, foreign)).toEqual({});
  });

  it("happens only on the refs that the account lets deploy it", () => {
    expect(stepsOf(changed, onMain, dev, prod)).toEqual({ [dev.name]: "plan apply rollout destroy" });
    expect(stepsOf(changed, onTag, dev, prod)).toEqual({ [prod.name]: "plan apply rollout" });
    expect(stepsOf(changed, { kind: "deployment", ref: { kind: "tag", name: "rc-v1" } }, prod)).toEqual({});
  });

  it("is a look for drift of every stack on schedule", () => {
    expect(stepsOf(changesWith(), { kind: "drift" }, dev, prod)).toEqual({ [dev.name]: "drift", [prod.name]: "drift" });
  });
});
