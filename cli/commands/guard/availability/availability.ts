import type { Plan } from "../plan";
import { databaseOutages } from "./databases";
import { endpointOutages } from "./endpoints";
import { longestFirst, type Outage } from "./outage";
import { removalOutages } from "./removals";
import { serviceOutages } from "./services";

/** What is not available because of a plan, with the longest outages first. */
export function availabilityForecast(plan: Pick<Plan, "resource_changes">): readonly Outage[] {
  return longestFirst([
    ...removalOutages(plan),
    ...serviceOutages(plan),
    ...endpointOutages(plan),
    ...databaseOutages(plan),
  ]);
}
