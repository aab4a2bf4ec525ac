import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { run } from "../run";
import { ToolFailure } from "../tool-error";

/** A command of a Dockerfile in its JSON form. https://docs.docker.com/reference/dockerfile/#cmd */
const jsonForm = /^(CMD|ENTRYPOINT)\s+(\[.*\])\s*$/gim;

const words = z.array(z.string()).min(1);

/**
 * The command of the image that the Dockerfile of a folder builds; undefined when the folder has no package.json, or no
 * Dockerfile whose command is in the JSON form, which needs no shell.
 */
export function imageCommand(folder: string): readonly string[] | undefined {
  const file = join(folder, "Dockerfile");
  if (!existsSync(file) || !existsSync(join(folder, "package.json"))) return undefined;
  const commands = new Map<string, readonly string[]>();
  // A later line, and one of a later stage of the build, replaces an earlier one.
  for (const [, name = "", list = ""] of readFileSync(file, "utf8").matchAll(jsonForm)) {
    commands.set(name.toUpperCase(), words.parse(JSON.parse(list)));
  }
  const command = [...(commands.get("ENTRYPOINT") ?? []), ...(commands.get("CMD") ?? [])];
  return command.length === 0 ? undefined : command;
}

/**
 * Installs the packages of a Node.js program, unless they are installed, and runs its script `build`.
 *
 * @throws ToolFailure with npm's output when npm fails
 */
export async function build(folder: string, signal: AbortSignal): Promise<void> {
  const isInstalled = existsSync(join(folder, "node_modules/.package-lock.json"));
  if (!isInstalled) await npm(["ci", "--no-audit", "--no-fund"], folder, signal);
  await npm(["run", "build"], folder, signal);
}

async function npm(args: readonly string[], cwd: string, signal: AbortSignal): Promise<void> {
  const { exitCode, tail } = await run("npm", args, { cwd, signal });
  if (exitCode !== 0) throw new ToolFailure(`npm ${args.join(" ")} in ${cwd}`, exitCode, tail);
}
