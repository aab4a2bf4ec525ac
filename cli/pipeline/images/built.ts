import type { ServiceConfig, StageConfig } from "../../../config";

/** A service whose image is built from this repository. */
export interface BuiltService {
  readonly name: string;
  readonly config: ServiceConfig;
  /** Services that run the image: it, and those that share it. */
  readonly users: readonly string[];
}

/** The services of a stage whose images are built here: those of others are named by the stage file. */
export function builtServices({ services }: Pick<StageConfig, "services">): BuiltService[] {
  const all = Object.entries(services);
  return all
    .filter(([, { image, sharesImageOf }]) => image === undefined && sharesImageOf === undefined)
    .map(([name, config]) => ({
      name,
      config,
      users: [name, ...all.filter(([, { sharesImageOf }]) => sharesImageOf === name).map(([user]) => user)],
    }));
}
