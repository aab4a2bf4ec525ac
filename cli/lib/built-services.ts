import type { ServiceConfig, StageConfig } from "../../schema";
import { ToolError } from "./tool-error";

/** A service whose image is built from this repository. */
export interface BuiltService {
  readonly name: string;
  readonly config: ServiceConfig;
  /** Services that run the image: this one, and those with `sharesImageOf`. */
  readonly users: readonly string[];
}

/**
 * The services of a stage without an `image` in the stage file.
 *
 * @param only the name of one of them. @default - all
 * @throws ToolError with the known names when none has this name
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
  throw new ToolError(`there is no service "${only}" whose image is built here; choose one of ${names}`);
}
