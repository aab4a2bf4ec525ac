import { isObject } from "../fields";
import type { Plan } from "../plan";
import type { Opening } from "./opening";
import { policyOpenings, unknownPolicies } from "./policies";
import { removedProtections } from "./protections";
import { routeOpenings } from "./routes";
import { securityGroupOpenings } from "./security-groups";
import { settingOpenings } from "./settings";
import { wafOpenings } from "./waf";

/** The access that a plan opens. */
export interface AccessForecast {
  readonly openings: readonly Opening[];
  /** Addresses of changed policies that cannot be compared, as they are known after the apply only. */
  readonly unknown: readonly string[];
}

/** The access that a plan opens, public routes first. The first apply of a stack opens nothing that was closed before. */
export function accessForecast(plan: Pick<Plan, "resource_changes">): AccessForecast {
  const isFirst = !plan.resource_changes.some(({ type, change }) => isObject(change.before) && type.startsWith("aws_"));
  if (isFirst) return { openings: [], unknown: [] };
  return {
    openings: [
      ...routeOpenings(plan),
      ...securityGroupOpenings(plan),
      ...removedProtections(plan),
      ...wafOpenings(plan),
      ...settingOpenings(plan),
      ...policyOpenings(plan),
    ],
    unknown: unknownPolicies(plan),
  };
}
