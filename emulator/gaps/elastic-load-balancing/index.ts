import type { Gap } from "../../proxy/gap";
import type { Slow } from "../timing";
import { loadBalancers } from "./load-balancers";
import { targetGroups } from "./target-groups";

/** What moto does not emulate of load balancers and target groups. */
export function elasticLoadBalancing(slow?: Slow): Gap {
  return { service: "elasticloadbalancing", handlers: { ...loadBalancers(slow), ...targetGroups() } };
}
