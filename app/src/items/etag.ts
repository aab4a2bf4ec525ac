import { ProblemError } from "../api/problem";

/** The ETag of a version. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/** Whether an If-None-Match header matches this version. */
export function isKnown(ifNoneMatch: string | undefined, version: number): boolean {
  const tags = ifNoneMatch?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  return tags.includes("*") || tags.includes(etagOf(version));
}

/** The version in an If-Match header; undefined for `*`, which matches any version. */
export function expectedVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) throw new ProblemError(428, "If-Match is missing; send the ETag of the item, or *");
  if (ifMatch.trim() === "*") return undefined;
  const version = Number(/^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1]);
  // A malformed ETag matches no version.
  return Number.isNaN(version) ? -1 : version;
}
