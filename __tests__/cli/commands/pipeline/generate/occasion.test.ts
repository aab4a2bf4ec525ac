import { deploysFrom, occasionOf } from "../../../../../cli/commands/pipeline/generate/occasion";

describe("why a pipeline runs", () => {
  it.each([
    [{ CI_MERGE_REQUEST_IID: "7" }, { kind: "merge request" }],
    [{ CI_COMMIT_BRANCH: "main" }, { kind: "deployment", ref: { kind: "branch", name: "main" } }],
    [{ CI_COMMIT_TAG: "v1" }, { kind: "deployment", ref: { kind: "tag", name: "v1" } }],
    [{ CI_COMMIT_BRANCH: "main", CI_PIPELINE_SOURCE: "schedule" }, { kind: "drift" }],
  ])("is read from GitLab's variables: %j", (environment, expected) => {
    expect(occasionOf(environment, false)).toEqual(expected);
  });

  it("may be told", () => {
    expect(occasionOf({}, true)).toEqual({ kind: "drift" });
  });

  it("is refused outside of GitLab", () => {
    expect(() => occasionOf({}, false)).toThrow(/set CI_COMMIT_BRANCH, CI_COMMIT_TAG or CI_MERGE_REQUEST_IID/);
  });
});

describe("the refs of a stage", () => {
  const refs = { branches: ["main"], tags: ["v*"] };

  it.each([
    ["branch", "main", true],
    ["branch", "mainx", false],
    ["branch", "v1", false],
    ["tag", "v1.0", true],
    ["tag", "rv1.0", false],
    ["tag", "main", false],
  ] as const)("take the %s %s: %s", (kind, name, expected) => {
    expect(deploysFrom(refs, { kind, name })).toBe(expected);
  });

  it("mean every character but the * as it is", () => {
    expect(deploysFrom({ branches: [], tags: ["v1.*"] }, { kind: "tag", name: "v1x2" })).toBe(false);
  });
});
