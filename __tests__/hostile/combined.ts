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

/** Hostile stages that are all accepted, put together into as few and small ones as have a place for all of their texts. */
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

/** The stages, of which the first that can takes a text in. */
function withText(heaps: readonly CombinedStage[], field: Field, text: string): readonly CombinedStage[] {
  const place = field.path.join(".");
  // In a list, and in what has names, there is room for many.
  const hasRoom = place.endsWith("[]") || place.endsWith("*");
  for (const [index, heap] of heaps.entries()) {
    if (!hasRoom && heap.texts.some((other) => other.place === place)) continue;
    const input = structuredClone(heap.input);
    write(input, field, text, true);
    if (checked(input) !== undefined) return heaps.with(index, { input, texts: [...heap.texts, { place, text }] });
  }
  throw new Error(`${JSON.stringify(text)} has no place in ${place}`);
}

/** Whether AWS is told: Terraform alone knows where its state is, and the policy alone what it lets pass. */
export function reachesAws({ path }: Field): boolean {
  return path[0] !== "state" && path[0] !== "exceptions";
}

/** The stage, when it is accepted. */
export function checked(input: unknown): StageConfig | undefined {
  const { stage, problems } = parseStage("config/dev/dev01/us-east-1-dev01.ts", input);
  return problems.length > 0 ? undefined : stage;
}
