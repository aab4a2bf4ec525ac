import { runTool, stackFolder, terraformProgram, type Session } from "./session";
import { ToolFailure } from "../../lib/tool-error";

const changes = 2;

/**
 * Plans the deployed stack again, with plain Terraform; resolves to the sentence in which it says that nothing differs.
 *
 * @throws ToolFailure when Terraform would change something
 */
export async function secondPlan(session: Session): Promise<string> {
  const args = ["plan", "-detailed-exitcode", "-input=false", "-no-color"];
  const { exitCode, tail } = await runTool(session, terraformProgram(session), args, {
    cwd: stackFolder(session),
    accept: [0, changes],
  });
  const verdict = tail.find((line) => line.startsWith("No changes."));
  if (exitCode === 0 && verdict !== undefined) return verdict;
  throw new ToolFailure("a second terraform plan, which should find nothing to do,", exitCode, tail);
}
