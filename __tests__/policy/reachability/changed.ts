import { reachabilityFindings, type Finding } from "../../../policy/reachability";
import type { Synthesized } from "../../fixtures/synthesized";

/** Fields to lay over a resource, or undefined to remove it. */
type Changes = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** The JSON of a stack with some resources changed, added or removed. */
export function changed({ json }: Synthesized, changes: Changes): unknown {
  const resource = structuredClone(json.resource);
  for (const [address, change] of Object.entries(changes)) {
    const [type = "", id = ""] = address.split(".");
    const ofType = (resource[type] ??= {});
    const { [id]: before, ...others } = ofType;
    if (change === undefined && before === undefined) throw new Error(`${address} is not there to be removed`);
    resource[type] = change === undefined ? others : { ...ofType, [id]: { ...before, ...change } };
  }
  return { resource };
}

/** What is found in a stack, without the explanations: such as `missing: a -> b`. */
export function found(stackJson: unknown, ...more: Parameters<typeof reachabilityFindings>[1][]): readonly string[] {
  return reachabilityFindings(stackJson, ...more).map(shortly);
}

/** The explanations of what is found in a stack. */
export function explained(stackJson: unknown): string {
  return reachabilityFindings(stackJson)
    .map(({ message }) => message)
    .join("\n");
}

function shortly(finding: Finding): string {
  if (finding.kind === "unknown") return `unknown: ${finding.resource}`;
  return `${finding.kind}: ${finding.from} -> ${finding.to}`;
}
