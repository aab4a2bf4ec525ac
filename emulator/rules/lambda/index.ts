import type { Quotas } from "../quotas";
import type { RuleSet } from "../rule";
import { accessRules } from "./access";
import { concurrencyRules } from "./concurrency";
import { eventSourceRules } from "./event-sources";
import { functionRules } from "./functions";

/** Rules of Lambda between its functions, and what they have, use and are invoked by. */
export function lambda({ concurrentExecutions }: Quotas): RuleSet {
  return {
    rules: [...functionRules, ...accessRules, ...concurrencyRules(concurrentExecutions), ...eventSourceRules],
  };
}
