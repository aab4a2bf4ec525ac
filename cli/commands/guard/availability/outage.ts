/** Something that is not available for a time because of a plan. */
export interface Outage {
  /** The address, with the key of a deposed object. */
  readonly name: string;
  /** What is not available. */
  readonly what: string;
  /** The moment from which, and the moment until which. @default until - the plan contains none */
  readonly from: string;
  readonly until?: string;
  /** About how many minutes; a forecast from experience, not a limit. @default - not known */
  readonly minutes?: number;
  readonly reason: string;
}

/** The duration of an outage in words. */
export function durationOf({ minutes, until }: Pick<Outage, "minutes" | "until">): string {
  if (minutes !== undefined) return minutes === 1 ? "about a minute" : `about ${minutes} minutes`;
  return until === undefined ? "permanently" : "for an unknown time";
}

/** The outages with the longest first. */
export function longestFirst(outages: readonly Outage[]): readonly Outage[] {
  const minutes = (outage: Outage) => outage.minutes ?? Infinity;
  return outages.toSorted((one, other) => (minutes(other) === minutes(one) ? 0 : minutes(other) - minutes(one)));
}
