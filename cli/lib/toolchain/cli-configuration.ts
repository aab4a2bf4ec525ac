import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Whose Terraform configuration is looked at. */
export interface ConfigurationOwner {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** True when the user's own Terraform configuration says where providers come from: it is then left alone. */
export function choosesProviderInstallation(owner: ConfigurationOwner): boolean {
  return configurationFiles(owner).some((file) => /^\s*"?provider_installation"?\s*[:{]/m.test(readCode(file)));
}

/** As Terraform does: a file named by the environment replaces all others. */
function configurationFiles({ env, home }: ConfigurationOwner): string[] {
  const named = env.TF_CLI_CONFIG_FILE ?? env.TERRAFORM_CONFIG;
  if (named) return [named];
  const folder = join(home, ".terraform.d");
  return [
    join(home, ".terraformrc"),
    join(home, ".tofurc"),
    ...list(folder)
      .filter((name) => /\.tfrc(\.json)?$/.test(name))
      .map((name) => join(folder, name)),
  ];
}

/** A file that does not exist says nothing, even when the environment names it. */
function readCode(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/\/\*.*?\*\//gs, "");
  } catch {
    return "";
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Takes the AWS provider from a local folder, and any other from where it is published. */
export function mirrorConfiguration(folder: string, provider: string): string {
  const [path, address] = [JSON.stringify(folder), JSON.stringify(provider)];
  return `provider_installation {
  filesystem_mirror {
    path    = ${path}
    include = [${address}]
  }
  direct {
    exclude = [${address}]
  }
}
`;
}
