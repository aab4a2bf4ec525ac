import { z } from "zod";

/** Release of the AWS provider with which every feature that it supports is tested; stages are deployed with exactly this one. */
export const testedProvider = "5.100.0";

/** Release of the AWS provider that has every attribute the stacks use: the one that their bindings were generated from. */
export const bindingsProvider = "6.25.0";

/** The first release that may change or remove what the stacks use. */
const nextMajor = "7.0.0";

/** Releases between two bounds, as numbers that sort like them. */
interface Interval {
  readonly from: number;
  /** The first release after the interval. */
  readonly before: number;
}

const form =
  'must be a version constraint of Terraform; write a release such as "5.100.0", or a range such as ">= 6.25.0, < 7.0.0"';

/**
 * Constraint on the release of the AWS provider.
 * https://developer.hashicorp.com/terraform/language/expressions/version-constraints
 */
export const providerVersion = z
  .string(form)
  .refine((text) => intervalOf(text) !== undefined, { error: form, abort: true })
  .refine((text) => isWithin(text, testedProvider, nextMajor), {
    error: `must admit only releases from ${testedProvider} to below ${nextMajor}, which the stacks support; write one such as "6.25.0"`,
  });

/** Whether a valid constraint admits no release older than `oldest`. */
export function requiresAtLeast(constraint: string, oldest: string): boolean {
  return isWithin(constraint, oldest, nextMajor);
}

/** Whether a valid constraint admits a release, such as `5.100.0`. */
export function admits(constraint: string, release: string): boolean {
  const parts = numbersOf(release);
  if (parts.length !== 3) return false;
  const number = numberOf(parts);
  return (termsOf(constraint) ?? []).every(({ operator, interval: { from, before } }) => {
    const isInside = number >= from && number < before;
    return operator === "!=" ? !isInside : isInside;
  });
}

/** The one release that a constraint such as `5.100.0`, or `6.25` for 6.25.0, admits; undefined when it admits several. */
export function exactRelease(constraint: string): string | undefined {
  const [, release] = /^=?\s*(\d+(?:\.\d+){0,2})$/.exec(constraint.trim()) ?? [];
  if (release === undefined) return undefined;
  const [major = 0, minor = 0, patch = 0] = numbersOf(release);
  return [major, minor, patch].join(".");
}

function isWithin(constraint: string, oldest: string, before: string): boolean {
  const interval = intervalOf(constraint);
  if (interval === undefined) return false;
  return interval.from >= numberOf(numbersOf(oldest)) && interval.before <= numberOf(numbersOf(before));
}

/** The releases that all terms but `!=` admit; undefined for another text, or when they admit none. */
function intervalOf(constraint: string): Interval | undefined {
  const terms = termsOf(constraint);
  if (terms === undefined) return undefined;
  const intervals = terms.flatMap(({ operator, interval }) => (operator === "!=" ? [] : [interval]));
  const from = Math.max(0, ...intervals.map((each) => each.from));
  const before = Math.min(Infinity, ...intervals.map((each) => each.before));
  return from < before ? { from, before } : undefined;
}

interface Term {
  readonly operator: string;
  readonly interval: Interval;
}

function termsOf(constraint: string): readonly Term[] | undefined {
  const terms = constraint.split(",").map(termOf);
  const valid = terms.flatMap((term) => (term === undefined ? [] : [term]));
  return valid.length === terms.length ? valid : undefined;
}

function termOf(text: string): Term | undefined {
  const [, operator = "=", release = ""] =
    /^\s*(=|!=|>=|<=|>|<|~>)?\s*(\d{1,4}(?:\.\d{1,4}){0,2})\s*$/.exec(text) ?? [];
  if (release === "") return undefined;
  const parts = numbersOf(release);
  const number = numberOf(parts);
  const intervals: Readonly<Record<string, Interval>> = {
    ">=": { from: number, before: Infinity },
    ">": { from: number + 1, before: Infinity },
    "<": { from: 0, before: number },
    "<=": { from: 0, before: number + 1 },
    // Only the last part may increase: ~> 6.25 admits 6.26.0, and ~> 6.25.0 admits 6.25.1.
    "~>": { from: number, before: parts.length === 1 ? Infinity : numberOf(increased(parts.slice(0, -1))) },
  };
  return { operator, interval: intervals[operator] ?? { from: number, before: number + 1 } };
}

function numbersOf(release: string): readonly number[] {
  return release.split(".").map(Number);
}

function increased(parts: readonly number[]): readonly number[] {
  return parts.map((part, index) => (index === parts.length - 1 ? part + 1 : part));
}

function numberOf([major = 0, minor = 0, patch = 0]: readonly number[]): number {
  return (major * 10_000 + minor) * 10_000 + patch;
}
