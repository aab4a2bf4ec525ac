import type { Refs } from "../../../../schema";
import { ToolError } from "../../../lib/toolchain";

/** Why a pipeline runs. */
export type Occasion =
  { readonly kind: "merge request" } | { readonly kind: "drift" } | { readonly kind: "deployment"; readonly ref: Ref };

/** What a pipeline runs for. */
export interface Ref {
  readonly kind: "branch" | "tag";
  readonly name: string;
}

/**
 * Reads why the pipeline runs from the variables that GitLab sets.
 *
 * @throws ToolError outside of GitLab
 */
export function occasionOf(environment: Readonly<Record<string, string | undefined>>, isDrift: boolean): Occasion {
  const { CI_MERGE_REQUEST_IID: request, CI_COMMIT_TAG: tag, CI_COMMIT_BRANCH: branch } = environment;
  if (isDrift || environment.CI_PIPELINE_SOURCE === "schedule") return { kind: "drift" };
  if (request) return { kind: "merge request" };
  if (tag) return { kind: "deployment", ref: { kind: "tag", name: tag } };
  if (branch) return { kind: "deployment", ref: { kind: "branch", name: branch } };
  throw new ToolError(
    "generate does not know what the pipeline runs for; set CI_COMMIT_BRANCH, CI_COMMIT_TAG or CI_MERGE_REQUEST_IID, as GitLab does",
  );
}

/** Whether the stacks that deploy from `refs` deploy from this one. */
export function deploysFrom(refs: Refs, { kind, name }: Ref): boolean {
  if (kind === "branch") return refs.branches.includes(name);
  return refs.tags.some((pattern) => matches(pattern, name));
}

/** As IAM's StringLike does: `*` stands for any text. */
function matches(pattern: string, name: string): boolean {
  const literal = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${pattern.split("*").map(literal).join(".*")}$`).test(name);
}
