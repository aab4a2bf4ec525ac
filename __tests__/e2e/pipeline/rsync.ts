import which from "which";
import { run } from "../../../cli/lib/run";
import { ToolError } from "../../../cli/lib/tool-error";

const findProgram = (name: string) => which.sync(name, { nothrow: true });

/**
 * Makes sure that rsync is there, with which gitlab-ci-local copies; installs it where this process may.
 *
 * @throws ToolError that says how to install it
 */
export async function requireRsync(): Promise<void> {
  if (findProgram("rsync") !== null) return;
  const apt = findProgram("apt-get");
  if (apt !== null && process.getuid?.() === 0) {
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run(apt, ["update"], { env });
    await run(apt, ["install", "--yes", "--no-install-recommends", "rsync"], { env });
  }
  if (findProgram("rsync") !== null) return;
  throw new ToolError(
    "gitlab-ci-local needs rsync, and this machine has none; install it: apt-get install rsync, or brew install rsync",
  );
}
