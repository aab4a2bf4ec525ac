import { checkStage } from "../../config/check-stage";
import type { StageConfig, StageInput } from "../../config/stage-config";
import type { Field } from "./fields";
import { write, type HostileStage } from "./stages";

/** A valid stage file, and the hostile texts in it. */
export interface CombinedStage {
  readonly base: StageInput;
  readonly input: object;
  readonly texts: readonly { readonly place: string; readonly text: string }[];
  /** Places that take one text alone, and have it. */
  readonly taken: readonly string[];
}

/** Hostile stages that are all accepted, put together into as few as have a place for every one of their texts. */
export function combined(stages: readonly HostileStage[]): readonly CombinedStage[] {
  const changes = stages
    .flatMap(({ base, changes: own }) => own.map((change) => ({ base, ...change })))
    .filter(({ field }) => reachesAws(field));
  return changes.reduce<readonly CombinedStage[]>((heaps, { base, field, text }) => {
    const added = (heap: CombinedStage): CombinedStage | undefined => {
      const place = field.path.join(".");
      if (heap.base !== base || heap.taken.includes(place)) return undefined;
      const input = structuredClone(heap.input);
      write(input, field, text, true);
      if (checked(input) === undefined) return undefined;
      const hasRoom = place.endsWith("[]") || place.endsWith("*");
      return {
        base,
        input,
        texts: [...heap.texts, { place, text }],
        taken: hasRoom ? heap.taken : [...heap.taken, place],
      };
    };
    const index = heaps.findIndex((heap) => added(heap) !== undefined);
    const grown = added(heaps[index] ?? { base, input: base, texts: [], taken: [] });
    if (grown === undefined) throw new Error(`${JSON.stringify(text)} has no place in ${field.path.join(".")}`);
    return index === -1 ? [...heaps, grown] : heaps.with(index, grown);
  }, []);
}

/** Whether AWS is told: Terraform alone knows where its state is, and the policy alone what it lets pass. */
export function reachesAws({ path }: Field): boolean {
  return path[0] !== "state" && path[0] !== "exceptions";
}

/** The stage, when it is accepted. */
export function checked(input: unknown): StageConfig | undefined {
  const { stage, problems } = checkStage("config/dev/dev01/us-east-1-dev01.ts", input);
  return problems.length > 0 ? undefined : stage;
}
