import type { ServiceConfig, StageConfig } from "../../../../schema";
import { ToolError } from "../../../lib/toolchain";

/** A service whose image is built from this repository. */
export interface BuiltService {
  readonly name: string;
  readonly config: ServiceConfig;
  /** Services that run the image: it, and those that share it. */
  readonly users: readonly string[];
}

/**
 * The services of a stage whose images are built here: those of others are named by the stage file.
 *
 * @param only one of them, for the repository of a single service. @default - all
 * @throws ToolError that lists them when none has the name
 */
export function builtServices({ services }: Pick<StageConfig, "services">, only?: string): BuiltService[] {
  const all = Object.entries(services);
  const built = all
    .filter(([, { image, sharesImageOf }]) => image === undefined && sharesImageOf === undefined)
    .map(([name, config]) => ({
      name,
      config,
      users: [name, ...all.filter(([, { sharesImageOf }]) => sharesImageOf === name).map(([user]) => user)],
    }));
  const chosen = built.filter(({ name }) => only === undefined || name === only);
  if (chosen.length > 0 || only === undefined) return chosen;
  const names = built.map(({ name }) => name).join(", ");
  throw new ToolError(`no service "${only}" has an image that is built; choose one of ${names}`);
}
