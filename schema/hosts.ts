import { isCertifiable, isInZone, isPattern, type Domain } from "./domain";
import { webServices, type StageConfig } from "./stage";

/** The hosts of a stage's routes, in lower case, each once. */
export function routeHosts(stage: Pick<StageConfig, "services">): string[] {
  const hosts = webServices(stage).flatMap(([, { routes }]) => routes.flatMap((route) => route.hosts));
  return [...new Set(hosts.map((host) => host.toLowerCase()))];
}

/** The hosts of routes that have DNS records in the domain's hosted zone, and are on the certificate that a stage creates. */
export function servedHosts(stage: Pick<StageConfig, "services">, domain: Domain): string[] {
  return routeHosts(stage).filter((host) => isCertifiable(host) && isInZone(host, domain));
}

/** The exact host names on which users sign in to an ALB. */
export function signInHosts(stage: Pick<StageConfig, "services">, domain: Domain): string[] {
  return [...new Set([domain.name, ...routeHosts(stage).filter((host) => !isPattern(host))])];
}
