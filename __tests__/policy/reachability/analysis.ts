import { reachabilityFindings, type PathFinding } from "../../../policy/reachability/findings";
import { readModel, type Model } from "../../../policy/reachability/model";
import { SynthesizedStack } from "../../../policy/terraform/stack";
import type { Synthesized } from "../../fixtures/synthesized";

/** Attributes to set on a resource, or undefined to remove it. */
type Changes = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** The JSON of a stack with some resources changed, added or removed. */
export function changed({ written }: Synthesized, changes: Changes): unknown {
  const resource = structuredClone(written.resource);
  for (const [address, change] of Object.entries(changes)) {
    const [type = "", id = ""] = address.split(".");
    const ofType = (resource[type] ??= {});
    const { [id]: before, ...others } = ofType;
    if (change === undefined && before === undefined) throw new Error(`${address} does not exist`);
    resource[type] = change === undefined ? others : { ...ofType, [id]: { ...before, ...change } };
  }
  return { resource };
}

/** The model of a stack. */
export function modelOf(stackJson: unknown): Model {
  return readModel(new SynthesizedStack(stackJson));
}

/** The findings of a stack without their messages, such as `missing: a -> b`. */
export function found(stackJson: unknown, ...more: Parameters<typeof reachabilityFindings>[1][]): readonly string[] {
  return reachabilityFindings(new SynthesizedStack(stackJson), ...more).map(shortly);
}

/** The messages of the findings of a stack. */
export function explained(stackJson: unknown): string {
  return reachabilityFindings(new SynthesizedStack(stackJson))
    .map(({ message }) => message)
    .join("\n");
}

function shortly(finding: PathFinding): string {
  if (finding.kind === "unknown") return `unknown: ${finding.resource}`;
  return `${finding.kind}: ${finding.from} -> ${finding.to}`;
}
