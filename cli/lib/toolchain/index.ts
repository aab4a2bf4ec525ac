import { homedir } from "node:os";
import { delimiter, dirname } from "node:path";
import { findMotoServer } from "./moto-program";
import { platform } from "./platform";
import { projectFolder, toolsFolder } from "./project";
import { providerEnvironment } from "./provider-environment";
import { findTerraform } from "./terraform-program";

export { ToolError } from "./tool-error";

/** Told when something takes long, such as a download. */
export type Report = (message: string) => void;

const toStandardError: Report = (message) => process.stderr.write(`${message}\n`);

/**
 * The path of Terraform 1.10 or newer (or OpenTofu), downloaded when this machine has none.
 *
 * @throws ToolError that says what to install
 */
export function terraform(report: Report = toStandardError): Promise<string> {
  return findTerraform({ env: process.env, toolsFolder, report });
}

/**
 * The path of moto_server 5 or newer, installed when this machine has none.
 *
 * @throws ToolError that says what to install
 */
export function motoServer(report: Report = toStandardError): Promise<string> {
  return findMotoServer({ env: process.env, toolsFolder, report });
}

/**
 * The variables, to lay over `process.env`, with which Terraform and cdktf work on this machine: the program, the place
 * of the AWS provider, and no calls home.
 *
 * @throws ToolError that says what to install
 */
export async function terraformEnvironment(report?: Report): Promise<Readonly<Record<string, string>>> {
  const program = await terraform(report);
  const searchPath = process.env.PATH?.split(delimiter) ?? [];
  const folder = dirname(program);
  const sources = { env: process.env, home: homedir(), projectFolder, toolsFolder, platform: platform(), program };
  return {
    CHECKPOINT_DISABLE: "1",
    TERRAFORM_BINARY_NAME: program,
    PATH: (searchPath.includes(folder) ? searchPath : [folder, ...searchPath]).join(delimiter),
    ...providerEnvironment(sources),
  };
}
