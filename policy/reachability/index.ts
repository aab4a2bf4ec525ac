export { canReach, type Answer } from "./can-reach";
export { flowsOfCalls } from "./declared/calls";
export type { Flow } from "./declared/flow";
export type { ExtraWay, Finding, MissingWay } from "./finding";
export { reachabilityFindings } from "./findings";
export { readModel, type Model } from "./model/model";
export { shownTraffic, type Traffic } from "./model/traffic";
export { openPairs, type OpenPair } from "./open-pairs";
