import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { run } from "../run";
import { ToolFailure } from "../tool-error";

const words = z.array(z.string());

/**
 * The command of the image that the Dockerfile of a folder builds; undefined when the folder has no package.json, or no
 * Dockerfile whose command is in the JSON form, which needs no shell.
 *
 * https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact
 */
export function imageCommand(folder: string): readonly string[] | undefined {
  const file = join(folder, "Dockerfile");
  if (!existsSync(file) || !existsSync(join(folder, "package.json"))) return undefined;
  const all = instructions(readFileSync(file, "utf8"));
  const stage = all.slice(all.findLastIndex(({ name }) => name === "FROM") + 1);
  const last = (wanted: string) => jsonForm(stage.findLast(({ name }) => name === wanted)?.value ?? "[]");
  const [entryPoint, command] = [last("ENTRYPOINT"), last("CMD")];
  const both = entryPoint && command ? [...entryPoint, ...command] : [];
  return both.length === 0 ? undefined : both;
}

/** The instructions of a Dockerfile in order, each in one line. */
function instructions(text: string): readonly { readonly name: string; readonly value: string }[] {
  const lines = text.split("\n").filter((line) => !/^\s*#/.test(line));
  return lines
    .join("\n")
    .replaceAll(/\\[ \t]*\r?\n/g, " ")
    .split("\n")
    .map((line) => /^\s*(\w+)\s+(.*)$/.exec(line.trimEnd()))
    .flatMap((found) => (found ? [{ name: (found[1] ?? "").toUpperCase(), value: found[2] ?? "" }] : []));
}

/** The words of a command; undefined in the shell form. */
function jsonForm(value: string): readonly string[] | undefined {
  try {
    return words.safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
}

/**
 * Installs the packages of a Node.js program, unless those of its lock file are installed, and runs its script `build` if
 * it has one.
 *
 * @throws ToolFailure with npm's output when npm fails
 */
export async function build(folder: string, signal: AbortSignal): Promise<void> {
  const lock = join(folder, "package-lock.json");
  const installed = join(folder, "node_modules/.package-lock.json");
  if (!existsSync(lock)) await npm(["install", "--no-audit", "--no-fund"], folder, signal);
  else if (!isNewer(installed, lock)) await npm(["ci", "--no-audit", "--no-fund"], folder, signal);
  await npm(["run", "build", "--if-present"], folder, signal);
}

function isNewer(file: string, other: string): boolean {
  return existsSync(file) && statSync(file).mtimeMs >= statSync(other).mtimeMs;
}

async function npm(args: readonly string[], cwd: string, signal: AbortSignal): Promise<void> {
  const { exitCode, tail } = await run("npm", args, { cwd, signal });
  if (exitCode !== 0) throw new ToolFailure(`npm ${args.join(" ")} in ${cwd}`, exitCode, tail);
}
