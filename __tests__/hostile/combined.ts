import { parseStage } from "../../schema/loader";
import type { StageConfig } from "../../schema/stage";
import { minimalStage } from "../fixtures/stage";
import type { Field } from "./fields";
import { write, type HostileStage } from "./stages";

/** A valid stage file, and the hostile texts in it. */
export interface CombinedStage {
  readonly input: object;
  readonly texts: readonly { readonly place: string; readonly text: string }[];
}

/** Accepted hostile stages, merged into as few stages as have room for all of their texts. */
export function combined(stages: readonly HostileStage[]): readonly CombinedStage[] {
  let heaps: readonly CombinedStage[] = [];
  for (const { base, changes } of stages) {
    for (const { field, text } of changes.filter((change) => reachesAws(change.field))) {
      const fresh = [minimalStage, base].map((input) => ({ input, texts: [] }));
      heaps = withText([...heaps, ...fresh], field, text).filter(({ texts }) => texts.length > 0);
    }
  }
  return heaps;
}

/** The merged stages; the first with room accepts a text. */
function withText(heaps: readonly CombinedStage[], field: Field, text: string): readonly CombinedStage[] {
  const place = field.path.join(".");
  // Lists and records have room for several texts.
  const hasRoom = place.endsWith("[]") || place.endsWith("*");
  for (const [index, heap] of heaps.entries()) {
    if (!hasRoom && heap.texts.some((other) => other.place === place)) continue;
    const input = structuredClone(heap.input);
    write(input, field, text, true);
    if (checked(input) !== undefined) return heaps.with(index, { input, texts: [...heap.texts, { place, text }] });
  }
  throw new Error(`${JSON.stringify(text)} has no place in ${place}`);
}

/** Whether a field reaches AWS: the state's location is for Terraform only, and exceptions for the policy only. */
export function reachesAws({ path }: Field): boolean {
  return path[0] !== "state" && path[0] !== "exceptions";
}

/** The stage, or undefined when it has problems. */
export function checked(input: unknown): StageConfig | undefined {
  const { stage, problems } = parseStage("config/dev/dev01/us-east-1-dev01.ts", input);
  return problems.length > 0 ? undefined : stage;
}
