import type { Finding } from "../finding";
import { readEndpoints, type Endpoint } from "./endpoints";
import { readHosts, type Host } from "./hosts";
import {
  readListeners,
  readPrivateLinks,
  readUnguardedLoadBalancers,
  type Listener,
  type PrivateLink,
} from "./load-balancers";
import { readRoutes, type DefaultRoute } from "./routes";
import { readRules, type Rule } from "./rules";
import { readSubnets, type Subnet } from "./subnets";
import { Resources } from "./terraform";
import { readUnknown } from "./unknown";

/** What of a stack decides who reaches whom. */
export interface Model {
  readonly resources: Resources;
  readonly hosts: readonly Host[];
  readonly subnets: readonly Subnet[];
  readonly routes: readonly DefaultRoute[];
  readonly rules: readonly Rule[];
  readonly endpoints: readonly Endpoint[];
  readonly listeners: readonly Listener[];
  readonly privateLinks: readonly PrivateLink[];
  readonly unguardedLoadBalancers: readonly string[];
  /** What could not be read, so that nothing is passed over in treatMissingData. */
  readonly findings: readonly Finding[];
}

/** Reads a stack's synthesized Terraform JSON. */
export function readModel(stackJson: unknown): Model {
  const resources = new Resources(stackJson);
  const { hosts, findings: ofHosts } = readHosts(resources);
  const { subnets, findings: ofSubnets } = readSubnets(resources);
  const { routes, findings: ofRoutes } = readRoutes(resources);
  const { rules, findings: ofRules } = readRules(resources);
  const { listeners, findings: ofListeners } = readListeners(resources);
  return {
    resources,
    hosts,
    subnets,
    routes,
    rules,
    endpoints: readEndpoints(resources),
    listeners,
    privateLinks: readPrivateLinks(resources),
    unguardedLoadBalancers: readUnguardedLoadBalancers(resources),
    findings: [...[ofHosts, ofSubnets, ofRoutes, ofRules, ofListeners].flat(), ...readUnknown(resources, hosts)],
  };
}
