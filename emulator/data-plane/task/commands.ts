import { list, text, type JsonObject } from "../../wire/json";

/** Environment variables. */
export type Variables = Readonly<Record<string, string>>;

/** How the containers of an image run on this machine. */
export interface TaskCommand {
  /** Program and its arguments, as CMD of the image: `entryPoint` and `command` of a container replace them. */
  readonly command: readonly string[];
  /** @default - the working directory of this process */
  readonly cwd?: string;
  /**
   * Variables that replace those of the container, or a function that returns them for all variables that the process
   * would have: those of the container, the credentials of its role, and those that lead to the emulated AWS.
   *
   * @default - none
   */
  readonly env?: Variables | ((variables: Variables) => Variables | Promise<Variables>);
}

/** Commands by image ("public.ecr.aws/nginx/nginx:1.29"), or by repository, with or without its registry. */
export type TaskCommands = Readonly<Record<string, TaskCommand>>;

/**
 * The command of a container; undefined when none is configured for its image.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function commandOf(commands: TaskCommands, { image, entryPoint, command }: JsonObject): TaskCommand | undefined {
  const found = commandOfImage(commands, text(image));
  const own = [...list(entryPoint), ...list(command)].map(text);
  return found && own.length > 0 ? { ...found, command: own } : found;
}

function commandOfImage(commands: TaskCommands, image: string): TaskCommand | undefined {
  const untagged = image.replace(/@sha256:[0-9a-f]+$/, "").replace(/:[^:/]+$/, "");
  // The first part is a registry if it has a dot or a port.
  const repository = untagged.replace(/^[^/]*[.:][^/]*\//, "");
  const key = [image, untagged, repository].find((name) => Object.hasOwn(commands, name));
  return key === undefined ? undefined : commands[key];
}
