import { ToolError } from "../../../lib/toolchain";
import { limits } from "./limits";

/**
 * Makes sure that GitLab takes the files.
 *
 * @throws ToolError that tells which limit is broken
 */
export function requireWithinLimits(files: ReadonlyMap<string, string>): void {
  const lengths = [...files].map(([name, text]) => ({ name, bytes: Buffer.byteLength(text) }));
  const long = lengths.find(({ bytes }) => bytes > limits.fileBytes);
  const all = lengths.reduce((sum, { bytes }) => sum + bytes, 0);
  const problem =
    long !== undefined
      ? `${long.name} is ${long.bytes} bytes long, and GitLab reads ${limits.fileBytes}`
      : all > limits.archiveBytes
        ? `the generated files are ${all} bytes long, and GitLab reads ${limits.archiveBytes}`
        : files.size > Math.min(limits.pipelines, limits.jobs)
          ? `there are ${files.size} pipelines to start, and one starts at most ${Math.min(limits.pipelines, limits.jobs)}`
          : undefined;
  if (problem === undefined) return;
  throw new ToolError(`the stacks are too many for one pipeline: ${problem}; divide config/ into two projects`);
}
