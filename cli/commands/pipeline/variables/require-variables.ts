import { ToolError } from "../../../lib/toolchain";
import { pipelineVariables, type Circumstances } from "./variables";

/**
 * Makes sure that the pipeline can do its work with the variables that are set.
 *
 * @throws ToolError that names every variable, where it is set, and an example
 */
export function requireVariables(circumstances: Circumstances): void {
  const problems = pipelineVariables.flatMap(({ name, example, meaning, problem }) => {
    const found = problem(circumstances.environment[name], circumstances);
    return found === undefined ? [] : [`${name} ${found}. ${meaning}, such as ${example}`];
  });
  if (problems.length === 0) return;
  throw new ToolError(
    [
      "The pipeline cannot start; set in GitLab, in Settings > CI/CD > Variables:",
      ...problems.map((problem) => `  ${problem}`),
    ].join("\n"),
  );
}
