import { isSame, listOf, shownValue, type FieldChange } from "../fields";

/** The part of a change that loses something, such as `from 14 to 0`; undefined when it loses nothing. */
export type Comparison = (change: FieldChange) => string | undefined;

/** A smaller number. */
export const reduced: Comparison = (change) =>
  typeof change.before === "number" && typeof change.after === "number" && change.after < change.before
    ? fromTo(change)
    : undefined;

/** A smaller number, where a value that is not set, or the number that AWS uses for it, means without end. */
export function reducedFromForever(forever?: number): Comparison {
  const numberOf = (value: unknown) => (typeof value === "number" && value !== forever ? value : Infinity);
  const shown = (value: unknown) => (numberOf(value) === Infinity ? "unlimited" : value);
  return ({ before, after }) =>
    numberOf(after) < numberOf(before) ? fromTo({ before: shown(before), after: shown(after) }) : undefined;
}

/** A setting that is no longer on. A setting that was never on is not turned off. */
export function turnedOff(on: unknown = true): Comparison {
  return (change) => (change.before === on && change.after !== on ? fromTo(change) : undefined);
}

/** A setting that was not on. */
export function turnedOn(on: unknown = true): Comparison {
  return (change) => (change.before !== on && change.after === on ? fromTo(change) : undefined);
}

/** A text that is exchanged for another one. */
export const exchangedText: Comparison = (change) =>
  isText(change.before) && isText(change.after) && change.before !== change.after ? fromTo(change) : undefined;

/** A value that is no longer set. */
export const removed: Comparison = (change) =>
  change.before !== undefined && change.after === undefined ? fromTo(change) : undefined;

/** A list that lacks one of its former items. */
export const itemsRemoved: Comparison = ({ before, after }) => {
  const kept = listOf(after);
  const removed = listOf(before).filter((item) => !kept.some((other) => isSame(item, other)));
  if (removed.length === 0) return undefined;
  return removed.every(isText) ? `without ${removed.join(", ")}` : `without ${removed.length} of its items`;
};

/** A change of a single value in words. */
export function fromTo({ before, after }: FieldChange): string {
  return `from ${shown(before)} to ${shown(after)}`;
}

function shown(value: unknown): string {
  return value === undefined || value === null ? "nothing" : shownValue(value) || JSON.stringify(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
