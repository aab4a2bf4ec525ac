import type { Gap } from "../../proxy/gap";
import type { Slow } from "../transitions";
import { listeners } from "./listeners";
import { loadBalancers } from "./load-balancers";
import { targetGroups } from "./target-groups";

/** What moto does not emulate of load balancers, listeners and target groups. */
export function elasticLoadBalancing(slow?: Slow): Gap {
  return { service: "elasticloadbalancing", handlers: { ...loadBalancers(slow), ...listeners(), ...targetGroups() } };
}
