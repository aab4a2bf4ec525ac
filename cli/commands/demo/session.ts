import { join, relative } from "node:path";
import type { Emulator } from "emulated-aws";
import { stackName, type StageConfig } from "../../../schema";
import { ToolFailure } from "../../lib/tool-error";
import { projectFolder } from "../../lib/project";
import { run, type Environment } from "../../lib/run";

/** Shared by the steps of one demo. */
export interface DemoSession {
  /** Folder of the stage and account files. */
  readonly config: string;
  readonly stage: StageConfig;
  /** Holds the synthesized stacks and the log, apart from the user's own cdktf.out. */
  readonly folder: string;
  readonly emulator: Emulator;
  /** Overrides variables of this process's environment. */
  readonly environment: Environment;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Settings of the SDK's clients for the emulated AWS. */
export const clientSettings = ({ emulator }: Pick<DemoSession, "emulator">) => ({
  endpoint: emulator.endpoint,
  credentials: { accessKeyId: "emulator", secretAccessKey: "emulator" },
});

/** The log of all output of the tools. */
export const logFile = (folder: string) => join(folder, "demo.log");

/** The folder of the synthesized stacks. */
export const outputFolder = ({ folder }: Pick<DemoSession, "folder">) => join(folder, "cdktf.out");

/** The folder in which plain Terraform works on the stack. */
export const stackFolder = (session: Pick<DemoSession, "folder" | "stage">) =>
  join(outputFolder(session), "stacks", stackName(session.stage));

/** A path relative to the project's folder. */
export const projectPath = (path: string) => relative(projectFolder, path);

/** How a tool of the demo is run. */
export interface ToolOptions {
  /** @default - the project's folder */
  readonly cwd?: string;
  /** Added to the environment of the session. @default - nothing */
  readonly env?: Environment;
  readonly onLine?: (line: string) => void;
  /** Exit codes of success. @default [0] */
  readonly accept?: readonly number[];
}

/**
 * Runs a tool against the emulated AWS.
 *
 * @throws ToolFailure with its output, when it fails
 */
export async function runTool(
  session: DemoSession,
  program: string,
  args: readonly string[],
  options: ToolOptions = {},
) {
  const { cwd = projectFolder, onLine, accept = [0] } = options;
  const { environment, signal, folder, emulator } = session;
  const env = { ...environment, ...options.env };
  const result = await run(program, args, { cwd, env, signal, onLine, logFile: logFile(folder) });
  if (accept.includes(result.exitCode)) return result;
  const unsupported = emulator.unanswered.map((call) => `The emulated AWS does not support: ${call}`);
  const name = program.split("/").at(-1) ?? program;
  throw new ToolFailure([name, ...args.slice(0, 2)].join(" "), result.exitCode, [...result.tail, ...unsupported]);
}
