import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { baseline, baselineCommit } from "../../../../cli/commands/pipeline/baseline";
import { Git } from "../../../../cli/lib/git";
import { TemporaryFolder } from "../../lib/temporary-folder";

const folder = new TemporaryFolder();
const zeros = "0".repeat(40);

/** Runs git in the folder. */
function git(...args: readonly string[]): string {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"];
  return execFileSync("git", ["-C", folder.path, ...identity, ...args], { stdio: "pipe" })
    .toString()
    .trim();
}

/** Commits one more file; returns the commit. */
function commit(file: string): string {
  folder.write(file, file);
  git("add", "-A");
  git("commit", "-m", file);
  return git("rev-parse", "HEAD");
}

describe("the baseline commit", () => {
  const commitFor = (environment: Readonly<Record<string, string>>) =>
    baselineCommit(environment, new Git(folder.path));
  let first: string;

  beforeEach(() => {
    git("init");
    first = commit("app/one.ts");
  });

  it("is the one from which the branch of the merge request started", async () => {
    commit("two");
    expect(await commitFor({ CI_MERGE_REQUEST_DIFF_BASE_SHA: first, CI_PIPELINE_SOURCE: "merge_request_event" })).toBe(
      first,
    );
  });

  it("is the one before the push", async () => {
    commit("two");
    expect(await commitFor({ CI_PIPELINE_SOURCE: "push", CI_COMMIT_BEFORE_SHA: first })).toBe(first);
  });

  it("is the release before a tag", async () => {
    git("tag", "v1.0.0");
    commit("two");
    git("tag", "nightly");
    commit("three");
    git("tag", "v1.1.0");
    expect(await commitFor({ CI_PIPELINE_SOURCE: "push", CI_COMMIT_TAG: "v1.1.0", CI_COMMIT_BEFORE_SHA: zeros })).toBe(
      first,
    );
  });

  it.each([
    ["for the first push of a branch", { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BEFORE_SHA: zeros }],
    [
      "when the commit before a forced push is gone",
      { CI_PIPELINE_SOURCE: "push", CI_COMMIT_BEFORE_SHA: "f".repeat(40) },
    ],
    ["for the first release", { CI_COMMIT_TAG: "v1.0.0" }],
    ["when the pipeline is started manually", { CI_PIPELINE_SOURCE: "web", CI_COMMIT_BEFORE_SHA: "HEAD" }],
    ["on schedule", { CI_PIPELINE_SOURCE: "schedule", CI_COMMIT_BEFORE_SHA: "HEAD" }],
  ])("is none %s", async (_, environment) => {
    git("tag", "v1.0.0");
    expect(await commitFor(environment)).toBeUndefined();
  });

  it("is compared by the sources of the images", async () => {
    const second = commit("config/two.ts");
    const repository = new Git(folder.path);
    expect(await repository.differs(first, ["app"])).toBe(false);
    commit("app/three.ts");
    expect(await repository.differs(second, ["app"])).toBe(true);
  });
});

test("a configuration folder outside of the project has no baseline, and nothing is written", async () => {
  const output = `${folder.path}/baseline`;
  const signal = new AbortController().signal;
  await expect(baseline({ config: folder.path, output, environment: {}, signal })).rejects.toThrow(
    /^\S+ is not in \S+, so no earlier commit contains it; name a folder of the repository$/,
  );
  expect(existsSync(output)).toBe(false);
});
