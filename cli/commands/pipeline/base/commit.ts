import type { Git } from "./git";

const noCommit = /^0+$/;

/** The commit to compare with, as GitLab's variables tell it; undefined when everything counts as changed. */
export async function baseCommit(
  environment: Readonly<Record<string, string | undefined>>,
  git: Git,
): Promise<string | undefined> {
  const candidate = await candidateFor(environment, git);
  if (candidate === undefined || noCommit.test(candidate)) return undefined;
  // The commit before a forced push is gone.
  return git.commitOf(candidate);
}

async function candidateFor(
  environment: Readonly<Record<string, string | undefined>>,
  git: Git,
): Promise<string | undefined> {
  const { CI_MERGE_REQUEST_DIFF_BASE_SHA: diffBase, CI_COMMIT_TAG: tag, CI_PIPELINE_SOURCE: source } = environment;
  if (diffBase) return diffBase;
  if (tag) return git.tagBefore(tag);
  // A pipeline that a person starts repairs what an earlier one left undone.
  return source === "push" ? environment.CI_COMMIT_BEFORE_SHA : undefined;
}
