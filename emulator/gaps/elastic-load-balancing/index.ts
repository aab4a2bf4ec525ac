import type { Gap } from "../../proxy/gap";
import type { Times } from "../../time";
import { listeners } from "./listeners";
import { loadBalancers } from "./load-balancers";
import { rules } from "./rules";
import { targetGroups } from "./target-groups";
import { trustStores } from "./trust-stores";

/** What moto does not emulate of load balancers, listeners, rules and target groups. */
export function elasticLoadBalancing(time: Times): Gap {
  return {
    service: "elasticloadbalancing",
    handlers: { ...loadBalancers(time), ...listeners(), ...rules(), ...targetGroups(), ...trustStores() },
  };
}
