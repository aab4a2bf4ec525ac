import { deploysFrom, triggerOf, workOn, type Trigger } from "../../../../../cli/commands/pipeline/generate/work";
import { changesWith, prod, stackWith } from "./stack";

const onMain: Trigger = { kind: "deployment", ref: { kind: "branch", name: "main" } };
const onTag: Trigger = { kind: "deployment", ref: { kind: "tag", name: "v1.2.0" } };
const dev = stackWith();

function stepsOf(changes: ReturnType<typeof changesWith>, trigger: Trigger, ...stacks: (typeof dev)[]) {
  const work = workOn(stacks.length === 0 ? [dev] : stacks, changes, trigger);
  return Object.fromEntries(work.map(({ stack, steps }) => [stack.name, steps.join(" ")]));
}

describe("the trigger of a pipeline", () => {
  it.each([
    [{ CI_MERGE_REQUEST_IID: "7" }, { kind: "merge request" }],
    [{ CI_COMMIT_BRANCH: "main" }, { kind: "deployment", ref: { kind: "branch", name: "main" } }],
    [{ CI_COMMIT_TAG: "v1" }, { kind: "deployment", ref: { kind: "tag", name: "v1" } }],
    [{ CI_COMMIT_BRANCH: "main", CI_PIPELINE_SOURCE: "schedule" }, { kind: "drift" }],
  ])("is read from GitLab's variables: %j", (environment, expected) => {
    expect(triggerOf(environment, false)).toEqual(expected);
  });

  it("can be set to drift", () => {
    expect(triggerOf({}, true)).toEqual({ kind: "drift" });
  });

  it("is refused outside of GitLab", () => {
    expect(() => triggerOf({}, false)).toThrow(/set CI_COMMIT_BRANCH, CI_COMMIT_TAG or CI_MERGE_REQUEST_IID/);
  });
});

describe("the refs that deploy a stage", () => {
  const refs = { branches: ["main"], tags: ["v*"] };

  it.each([
    ["branch", "main", true],
    ["branch", "mainx", false],
    ["branch", "v1", false],
    ["tag", "v1.0", true],
    ["tag", "rv1.0", false],
    ["tag", "main", false],
  ] as const)("match the %s %s: %s", (kind, name, expected) => {
    expect(deploysFrom(refs, { kind, name })).toBe(expected);
  });

  it("match every character but * literally", () => {
    expect(deploysFrom({ branches: [], tags: ["v1.*"] }, { kind: "tag", name: "v1x2" })).toBe(false);
  });
});

describe("the steps of a stack", () => {
  const changed = changesWith({ changed: [dev.name, prod.name] });

  it("are only a plan in a merge request, for every ref", () => {
    expect(stepsOf(changed, { kind: "merge request" }, dev, prod)).toEqual({ [dev.name]: "plan", [prod.name]: "plan" });
  });

  it("are none when its JSON did not change", () => {
    expect(stepsOf(changesWith(), { kind: "merge request" })).toEqual({});
    expect(stepsOf(changesWith(), onMain)).toEqual({});
  });

  it("are a plan in a merge request that adds it, and none in one that changes only its image", () => {
    expect(stepsOf(changesWith({ added: [dev.name] }), { kind: "merge request" })).toEqual({ [dev.name]: "plan" });
    expect(stepsOf(changesWith({ image: true }), { kind: "merge request" })).toEqual({});
  });

  it("include apply and rollout when its JSON changed", () => {
    expect(stepsOf(changed, onMain)).toEqual({ [dev.name]: "plan apply rollout destroy" });
  });

  it("are image, migrate, release and rollout when only the image changed", () => {
    expect(stepsOf(changesWith({ image: true }), onMain)).toEqual({
      [dev.name]: "image migrate release rollout destroy",
    });
  });

  it("are all for a new stack, which has no image yet", () => {
    const all = "plan apply image migrate release rollout destroy";
    expect(stepsOf(changesWith({ added: [dev.name] }), onMain)).toEqual({ [dev.name]: all });
  });

  it("leave out what the stack does not need", () => {
    const plain = stackWith({ migrates: false, isShortLived: false });
    expect(stepsOf(changesWith({ image: true }), onMain, plain)).toEqual({ [dev.name]: "image release rollout" });
    const foreign = stackWith({ buildsImages: false });
    expect(stepsOf(changesWith({ image: true }), onMain, foreign)).toEqual({});
  });

  it("deploy only from the refs that the account stack allows", () => {
    expect(stepsOf(changed, onMain, dev, prod)).toEqual({ [dev.name]: "plan apply rollout destroy" });
    expect(stepsOf(changed, onTag, dev, prod)).toEqual({ [prod.name]: "plan apply rollout" });
    expect(stepsOf(changed, { kind: "deployment", ref: { kind: "tag", name: "rc-v1" } }, prod)).toEqual({});
  });

  it("are a drift check of every stack on schedule", () => {
    expect(stepsOf(changesWith(), { kind: "drift" }, dev, prod)).toEqual({ [dev.name]: "drift", [prod.name]: "drift" });
  });
});
