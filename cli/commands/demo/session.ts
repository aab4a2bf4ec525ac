import { join, relative } from "node:path";
import type { Emulator } from "../../../emulator";
import { projectFolder } from "../../lib/project";
import { run } from "../../lib/run";
import type { DemoStage } from "./stage";
import { ToolFailure } from "../../lib/tool-error";

/** What the steps of one demo share. */
export interface Session {
  readonly stage: DemoStage;
  /** Holds the synthesized stacks and the log; not the user's own cdktf.out. */
  readonly folder: string;
  readonly emulator: Emulator;
  /** To lay over the environment of this process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Where everything that the tools print is kept. */
export const logFile = (folder: string) => join(folder, "demo.log");

/** Where the stacks are synthesized to. */
export const output = ({ folder }: Pick<Session, "folder">) => join(folder, "cdktf.out");

/** Where plain Terraform works on the stack. */
export const stackFolder = (session: Session) => join(output(session), "stacks", session.stage.stack);

/** Terraform or OpenTofu, as the toolchain found it. */
export const terraformProgram = ({ environment }: Session) => environment.TERRAFORM_BINARY_NAME ?? "terraform";

/** A path as a person in the project's folder would write it. */
export const shown = (path: string) => relative(projectFolder, path);

/** How a tool of the demo is run. */
export interface ToolOptions {
  /** @default - the project's folder */
  readonly cwd?: string;
  readonly onLine?: (line: string) => void;
  /** Exit codes that are no failure. @default [0] */
  readonly accept?: readonly number[];
}

/**
 * Runs a tool against the emulated AWS.
 *
 * @throws ToolFailure with what it said, when it fails
 */
export async function runTool(session: Session, program: string, args: readonly string[], options: ToolOptions = {}) {
  const { cwd = projectFolder, onLine, accept = [0] } = options;
  const { environment: env, signal, folder, emulator } = session;
  const result = await run(program, args, { cwd, env, signal, onLine, logFile: logFile(folder) });
  if (accept.includes(result.exitCode)) return result;
  const hint = emulator.unanswered.map((call) => `The emulated AWS could not answer: ${call}`);
  const name = program.split("/").at(-1) ?? program;
  throw new ToolFailure([name, ...args.slice(0, 2)].join(" "), result.exitCode, [...result.tail, ...hint]);
}
