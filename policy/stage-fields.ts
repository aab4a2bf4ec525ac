import type { ServiceConfig, StageConfig } from "../schema";

/** The service of a stage that a resource belongs to, by the address `<type>.services_<service>...`. */
export function serviceOf(
  { services }: StageConfig,
  address: string,
): { readonly name: string; readonly service: ServiceConfig } | undefined {
  const [, path = ""] = /^\w+\.services_(.+)$/.exec(address.replaceAll("-", "_")) ?? [];
  const owners = Object.entries(services)
    .filter(([name]) => `${path}_`.startsWith(`${name.replaceAll("-", "_")}_`))
    .sort(([one], [other]) => other.length - one.length);
  return owners.map(([name, service]) => ({ name, service }))[0];
}
