import type { Domain } from "../../../schema/domain";

/** Name of one region among those that share a domain: what a health check must ask, to know which one fails. */
export function regionalName({ name }: Domain, region: string): string {
  return `${region}.${name}`;
}

/** Every host name that leads to the stack. */
export function hostNames(domain: Domain, region: string): [string, ...string[]] {
  return domain.routing.policy === "simple" ? [domain.name] : [domain.name, regionalName(domain, region)];
}
