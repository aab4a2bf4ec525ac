import type { DocumentCheck } from "../document";
import { actions } from "./actions";
import { conditions } from "./conditions";
import { healthChecks } from "./health-checks";
import { changedListeners, listeners } from "./listeners";
import { loadBalancers, loadBalancerValues } from "./load-balancers";
import { tags } from "./tags";
import { targetGroups, targetGroupValues } from "./target-groups";

/** Checks of requests to Elastic Load Balancing. */
export const elasticLoadBalancing: readonly DocumentCheck[] = [
  loadBalancers,
  loadBalancerValues,
  targetGroups,
  targetGroupValues,
  healthChecks,
  listeners,
  changedListeners,
  actions,
  conditions,
  tags,
];
