import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { admits } from "../../schema";
import type { TerraformProgram } from "../../stacks/lock-file";
import type { Environment } from "./run";

/** What decides where a mirror is looked for. */
export interface MirrorSearch {
  readonly env: Environment;
  readonly home: string;
  readonly projectFolder: string;
  readonly toolsFolder: string;
  /** For example `linux_amd64`. */
  readonly platform: string;
  readonly program: TerraformProgram;
  /** Constraint on the releases of the AWS provider, of which the mirror must hold one. */
  readonly constraint: string;
  /** @default "/" */
  readonly root?: string;
}

const addresses: Readonly<Record<TerraformProgram, string>> = {
  terraform: "registry.terraform.io/hashicorp/aws",
  tofu: "registry.opentofu.org/hashicorp/aws",
};

/** The AWS provider's address for a program, which is also its folder in a mirror. */
export function providerAddress(program: TerraformProgram): string {
  return addresses[program];
}

/**
 * A folder that holds an admitted AWS provider for this machine; undefined when there is none. OpenTofu also uses a mirror of
 * Terraform's registry, by links to its files under the address that OpenTofu looks for.
 */
export function findProviderMirror(search: MirrorSearch): string | undefined {
  const { program, toolsFolder } = search;
  const folders = mirrorFolders(search);
  const own = folders.find((folder) => holdsProvider(join(folder, addresses[program]), search));
  if (own !== undefined || program === "terraform") return own;
  const other = folders.find((folder) => holdsProvider(join(folder, addresses.terraform), search));
  if (other === undefined) return undefined;
  const links = join(toolsFolder, "opentofu-mirror");
  linkProvider(join(other, addresses.terraform), join(links, addresses.tofu));
  return links;
}

/** The platforms for which a mirror holds a release, such as `linux_amd64`. */
export function platformsIn(mirror: string, program: TerraformProgram, release: string): readonly string[] {
  const folder = join(mirror, addresses[program]);
  const packed = namesIn(folder).flatMap((name) => {
    const [, version, platform] = packedName.exec(name) ?? [];
    return version === release && platform !== undefined ? [platform] : [];
  });
  return [...packed, ...namesIn(join(folder, release))];
}

/** Folders that Terraform searches itself, and folders for the whole machine. https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories */
function mirrorFolders({ env, home, projectFolder, root = "/" }: MirrorSearch): string[] {
  const shared = env.XDG_DATA_DIRS?.split(delimiter) ?? [join(root, "usr/local/share"), join(root, "usr/share")];
  const dataFolders = [env.XDG_DATA_HOME ?? join(home, ".local/share"), ...shared];
  const implied = [
    join(projectFolder, "terraform.d/plugins"),
    join(home, ".terraform.d/plugins"),
    join(home, "Library/Application Support/io.terraform/plugins"),
    ...dataFolders.map((folder) => join(folder, "terraform/plugins")),
  ];
  const systemWide = ["opt", "srv", "usr/local", "usr/local/share", "usr/share", "var/lib"].map((name) =>
    join(root, name),
  );
  return [
    ...(env.TF_PLUGIN_CACHE_DIR ? [env.TF_PLUGIN_CACHE_DIR] : []),
    ...implied,
    ...systemWide.flatMap((folder) => namesIn(folder).map((name) => join(folder, name))),
  ];
}

const packedName = /^terraform-provider-aws_(.+?)_(.+)\.zip$/;

/** Accepts both layouts of a mirror: `<version>/<platform>/` and `terraform-provider-aws_<version>_<platform>.zip`. */
function holdsProvider(folder: string, { platform, constraint }: MirrorSearch): boolean {
  return namesIn(folder).some((name) => {
    const [, version, packedFor] = packedName.exec(name) ?? [];
    if (version !== undefined) return packedFor === platform && admits(constraint, version);
    return admits(constraint, name) && namesIn(join(folder, name, platform)).length > 0;
  });
}

/** Links each packed provider and each platform's folder; Terraform and OpenTofu follow no links above these. */
function linkProvider(from: string, to: string): void {
  for (const name of namesIn(from)) {
    if (packedName.test(name)) link(join(from, name), join(to, name));
    else for (const platform of namesIn(join(from, name))) link(join(from, name, platform), join(to, name, platform));
  }
}

/** Replaces a link to what does not exist any more. Commands that start at the same time make the same link. */
function link(target: string, path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(path, { force: true });
  try {
    symlinkSync(target, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
}

/** The names in a folder, sorted; none when it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
