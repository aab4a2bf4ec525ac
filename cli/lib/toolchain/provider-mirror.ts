import { readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { satisfies } from "semver";

/** The versions of the AWS provider that the stacks accept. */
const accepted = ">=5.100.0 <7.0.0";

/** The places in which a folder with Terraform providers may lie. */
export interface MirrorSearch {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly projectFolder: string;
  /** The AWS provider's address, as the program at hand spells it. */
  readonly provider: string;
  /** For example `linux_amd64`. */
  readonly platform: string;
  /** @default "/" */
  readonly root?: string;
}

/** A folder that holds a usable AWS provider for this machine, and can thus stand for the registry; or undefined. */
export function findProviderMirror(search: MirrorSearch): string | undefined {
  return candidates(search).find((folder) => holdsProvider(join(folder, search.provider), search.platform));
}

function candidates({ env, home, projectFolder, root = "/" }: MirrorSearch): string[] {
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
    ...systemWide.flatMap((folder) => list(folder).map((name) => join(folder, name))),
  ];
}

/** Knows both layouts of a mirror: `<version>/<platform>/` and `terraform-provider-aws_<version>_<platform>.zip`. */
function holdsProvider(folder: string, platform: string): boolean {
  return list(folder).some((name) => {
    const packed = /^terraform-provider-aws_(.+?)_(.+)\.zip$/.exec(name);
    if (packed) return packed[2] === platform && satisfies(packed[1] ?? "", accepted);
    return satisfies(name, accepted) && list(join(folder, name, platform)).length > 0;
  });
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
