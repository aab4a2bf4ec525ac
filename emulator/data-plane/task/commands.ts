/** How the containers of an image run on this machine. */
export interface TaskCommand {
  /** Program and its arguments. */
  readonly command: readonly string[];
  /** @default - the working directory of this process */
  readonly cwd?: string;
  /** Variables that replace those of the container. @default - none */
  readonly env?: Readonly<Record<string, string>>;
}

/** Commands by image ("public.ecr.aws/nginx/nginx:1.29"), or by repository, with or without its registry. */
export type TaskCommands = Readonly<Record<string, TaskCommand>>;

/** The command of an image; undefined when none is configured. */
export function commandOf(commands: TaskCommands, image: string): TaskCommand | undefined {
  const untagged = image.replace(/@sha256:[0-9a-f]+$/, "").replace(/:[^:/]+$/, "");
  // The first part is a registry if it has a dot or a port.
  const repository = untagged.replace(/^[^/]*[.:][^/]*\//, "");
  const key = [image, untagged, repository].find((name) => Object.hasOwn(commands, name));
  return key === undefined ? undefined : commands[key];
}
