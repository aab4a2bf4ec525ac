import type { RuleSet } from "../rule";
import { associationRules } from "./associations";
import { loggingObservers, loggingRules } from "./logging";
import { nameRules } from "./names";
import { referenceRules } from "./references";
import { scopeRules } from "./scope";

/** Rules of AWS WAF between web ACLs, what they refer to, and what they protect. */
export function waf(): RuleSet {
  return {
    rules: [...scopeRules, ...nameRules, ...referenceRules, ...associationRules, ...loggingRules],
    observers: loggingObservers,
  };
}
