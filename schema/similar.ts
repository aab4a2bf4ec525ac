import leven from "leven";

/** The most similar of several names, or undefined when there are none. */
function nearest(name: string, candidates: readonly string[]): string | undefined {
  return candidates.toSorted((one, other) => edits(name, one) - edits(name, other))[0];
}

/**
 * The name of which `name` is a misspelling, or undefined when none is similar enough: one edit in three letters, at least
 * one and at most three.
 */
export function misspelt(name: string, candidates: readonly string[]): string | undefined {
  const candidate = nearest(name, candidates);
  if (candidate === undefined) return undefined;
  const limit = Math.min(3, Math.max(1, Math.floor(Math.min(name.length, candidate.length) / 3)));
  return edits(name, candidate) <= limit ? candidate : undefined;
}

/** Says that a name is unknown, with the known ones, and the one that it may be a misspelling of, or of its first part. */
export function unknownName(kind: string, name: string, known: readonly string[]): string {
  const firstPart = (text: string) => text.replace(/-.*$/, "");
  const isMeant = (each: string) => misspelt(firstPart(name), [firstPart(each)]) !== undefined;
  const similar =
    misspelt(name, known) ??
    known.find((each) => each.startsWith(`${name}-`)) ??
    (known.every(isMeant) ? undefined : known.find(isMeant));
  const hint = similar === undefined ? "" : `; did you mean ${similar}?`;
  return `there is no ${kind} "${name}"; choose one of ${known.join(", ")}${hint}`;
}

/** Says that no stage has a stack of this name, which may be that of an account stack. */
export function unknownStage(stack: string, known: readonly string[]): string {
  if (!stack.startsWith("account-")) return unknownName("stack", stack, known);
  return `"${stack}" must be the stack of a stage, not of an account; choose one of ${known.join(", ")}`;
}

/** Letters to insert, remove or replace, capitals aside; two letters in the wrong order count as one edit. */
function edits(name: string, candidate: string): number {
  const [one, other] = [name.toLowerCase(), candidate.toLowerCase()];
  const distance = leven(one, other);
  const hasSameLetters = sorted(one) === sorted(other);
  return hasSameLetters && distance === 2 ? 1 : distance;
}

function sorted(letters: string): string {
  return Array.from(letters).sort().join("");
}
