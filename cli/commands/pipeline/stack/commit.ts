import { run } from "../../../lib/toolchain/run";
import { projectFolder } from "../../../lib/toolchain/project";
import { ToolError } from "../../../lib/toolchain";

/**
 * The commit that a job works on: GitLab's word, or that of the checkout.
 *
 * @throws ToolError when neither tells
 */
export async function currentCommit(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string> {
  const { CI_COMMIT_SHA: told } = environment;
  if (told) return told;
  const { exitCode, tail } = await run("git", ["rev-parse", "HEAD"], { cwd: projectFolder });
  const [commit] = tail;
  if (exitCode === 0 && commit !== undefined) return commit;
  throw new ToolError("the commit is unknown; set CI_COMMIT_SHA, or work in a checkout of git");
}
