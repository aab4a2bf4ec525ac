import type { RuleSet } from "../rule";
import { caches } from "./caches";
import { changes } from "./changes";
import { existing } from "./existing";
import { networks } from "./networks";
import { finalSnapshots } from "./snapshots";
import { userRules } from "./users";

/** Rules of ElastiCache between its caches, users, user groups, parameter groups and subnet groups. */
export function elastiCache(): RuleSet {
  const snapshots = finalSnapshots();
  return {
    rules: [...existing, ...userRules, ...caches, ...changes, ...networks, ...snapshots.rules],
    observers: snapshots.observers,
  };
}
