import { letIn, letOut } from "./firewall";
import type { Model } from "./model/model";
import { merged, overlap, type Traffic } from "./model/traffic";
import { partiesOf } from "./parties";
import { noWay } from "./way";

/** Two who reach each other. */
export interface OpenPair {
  readonly from: string;
  readonly to: string;
  readonly traffic: readonly Traffic[];
}

/** Every pair between which packets find a way and security groups at both ends let them pass. */
export function openPairs(model: Model): readonly OpenPair[] {
  const parties = partiesOf(model);
  return parties.flatMap((from) =>
    parties.flatMap((to) => {
      const traffic = openTraffic(model, from, to);
      return traffic.length === 0 ? [] : [{ from, to, traffic }];
    }),
  );
}

/** What passes from one to another. */
export function openTraffic(model: Model, from: string, to: string): readonly Traffic[] {
  if (noWay(model, from, to) !== undefined) return [];
  const letInThere = letIn(model, from, to);
  return merged(letOut(model, from, to).flatMap((out) => letInThere.flatMap((into) => overlap(out, into) ?? [])));
}
