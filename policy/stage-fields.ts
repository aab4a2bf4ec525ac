import type { ServiceConfig, StageConfig } from "../schema";
import type { Block } from "./terraform/stack";

/** The service of a stage that a resource belongs to: the construct path is unambiguous, and the address is not. */
export function serviceOf(
  { services }: StageConfig,
  block: Block | undefined,
): { readonly name: string; readonly service: ServiceConfig } | undefined {
  const [, name = ""] = /^services\/([^/]+)\//.exec(block?.path ?? "") ?? [];
  const service = services[name];
  return service === undefined ? undefined : { name, service };
}

/** Whether the stage makes a resource from a part of its file: the constructs of `ingress` are below the path `ingress`. */
export function isPartOf(path: string, block: Block | undefined): boolean {
  return block?.path.startsWith(`${path}/`) ?? false;
}
