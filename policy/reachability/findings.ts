import { canReach } from "./can-reach";
import { declaredFlows } from "./declared/declared-flows";
import type { Flow } from "./declared/flow";
import { unknownIntegrations } from "./declared/vpc-links";
import { extraWays } from "./extra-ways";
import { unknown, type Finding } from "./finding";
import { readModel, type Model } from "./model/model";

/**
 * What is wrong with the ways between what a stack holds, from its synthesized Terraform JSON: what must reach another
 * and cannot, what is open and nothing needs, and what is not understood.
 *
 * @param more flows that no resource shows, such as those of a bastion. @default - none
 */
export function reachabilityFindings(stackJson: unknown, more: readonly Flow[] = []): readonly Finding[] {
  const model = readModel(stackJson);
  const flows = [...declaredFlows(model), ...more];
  return [
    ...model.findings,
    ...unknownIntegrations(model),
    ...flows.filter(({ required }) => required).flatMap((flow) => missing(model, flow)),
    ...extraWays(model, flows),
  ];
}

function missing(model: Model, { from, to, port, because }: Flow): readonly Finding[] {
  if (!Number.isInteger(port)) return [unknown(to, `has a port for ${from} that is no plain number; write one`)];
  const answer = canReach(model, from, to, port);
  if (answer.reached) return [];
  const message = `${from} cannot reach ${to} on TCP ${port} (${because}): ${answer.reason}`;
  return [{ kind: "missing", from, to, port, because, reason: answer.reason, message }];
}
