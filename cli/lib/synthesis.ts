import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectFolder } from "./project";
import { shellQuote } from "./shell";

const settings = z.object({ app: z.string() });

/**
 * The arguments with which cdktf synthesizes a configuration folder; none for `config/`, which `main.ts` reads by default.
 *
 * @param project the folder with the `cdktf.json` that names the program
 */
export function appArguments(config: string, project: string = projectFolder): readonly string[] {
  if (config === join(project, "config")) return [];
  const { app } = settings.parse(JSON.parse(readFileSync(join(project, "cdktf.json"), "utf8")));
  return ["--app", `${app} ${shellQuote(config)}`];
}

/** The command of a user that synthesizes a configuration folder. */
export function synthCommand(config: string, project: string = projectFolder): string {
  const args = appArguments(config, project).map(shellQuote);
  return ["npm run synth", ...(args.length > 0 ? ["--", ...args] : [])].join(" ");
}
