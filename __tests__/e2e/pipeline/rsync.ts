import { ToolError } from "../../../cli/lib/toolchain";
import { findProgram } from "../../../cli/lib/toolchain/find-program";
import { run } from "../../../cli/lib/toolchain/run";

/**
 * Makes sure that rsync is there, with which gitlab-ci-local copies; installs it where this process may.
 *
 * @throws ToolError that says how to install it
 */
export async function requireRsync(): Promise<void> {
  if (findProgram("rsync") !== undefined) return;
  const apt = findProgram("apt-get");
  if (apt !== undefined && process.getuid?.() === 0) {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run(apt, ["update"], { env });
    await run(apt, ["install", "--yes", "--no-install-recommends", "rsync"], { env });
  }
  if (findProgram("rsync") !== undefined) return;
  throw new ToolError(
    "gitlab-ci-local needs rsync, and this machine has none; install it: apt-get install rsync, or brew install rsync",
  );
}
