import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadStages, type StageConfig } from "../../../../schema";
import { print } from "../../../lib/command-line/terminal";
import { stageOfStack } from "../../../lib/chosen";
import { Terraform } from "../../../lib/terraform/terraform";
import { terraformEnvironment, ToolError } from "../../../lib/toolchain";
import { projectFolder } from "../../../lib/toolchain/project";
import { clientsOf, type Clients } from "../../../lib/aws";
import { signIn } from "./sign-in";
import { requireVariables } from "./variables";

/** A stack at which a job works. */
export interface Session {
  readonly stack: string;
  readonly stage: StageConfig;
  readonly clients: Clients;
  readonly signal: AbortSignal;
}

/** What Terraform works with. */
export interface Workplace {
  /** The synthesized stack. */
  readonly folder: string;
  readonly terraform: Terraform;
}

/**
 * Signs in to the account of a stack.
 *
 * @throws ToolError when there is no such stack, a variable is not set, or the role cannot be assumed
 */
export async function openSession(stack: string, signal: AbortSignal): Promise<Session> {
  const stage = stageOfStack(loadStages(), stack);
  requireVariables(stage, process.env);
  const clients = clientsOf(stage);
  await signIn(clients, stage);
  return { stack, stage, clients, signal };
}

/**
 * Gets Terraform ready for the synthesized stack.
 *
 * @param variables of the stack, by name
 * @throws ToolError when the stack was not synthesized, and when its state cannot be reached
 */
export async function openWorkplace(
  { stack, signal }: Pick<Session, "stack" | "signal">,
  variables: Readonly<Record<string, string>> = {},
): Promise<Workplace> {
  const folder = stackFolder(stack);
  const values = new Map(Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value]));
  const tools = await terraformEnvironment();
  // Plugins that several jobs of a runner share need no second download; Terraform then says less about next steps.
  const environment = { ...tools, TF_IN_AUTOMATION: "true", ...Object.fromEntries(values) };
  const terraform = new Terraform({
    folder,
    environment,
    signal,
    onLine: (line) => {
      print(line);
    },
  });
  await terraform.init("-reconfigure");
  return { folder, terraform };
}

/**
 * Where a stack was synthesized to.
 *
 * @throws ToolError when it was not
 */
export function stackFolder(stack: string): string {
  const folder = join(projectFolder, "cdktf.out", "stacks", stack);
  if (existsSync(join(folder, "cdk.tf.json"))) return folder;
  throw new ToolError(`cdktf.out/stacks/${stack} is not synthesized; run: npm run synth`);
}
