import { ProblemError } from "../api/problem";

/** The ETag of a version. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/** Whether an If-None-Match header already names this version. */
export function isKnown(ifNoneMatch: string | undefined, version: number): boolean {
  const tags = ifNoneMatch?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  return tags.includes("*") || tags.includes(etagOf(version));
}

/** The version that an If-Match header asks for; undefined for `*`, which matches any. */
export function expectedVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) throw new ProblemError(428, "If-Match is needed: the ETag of the item that was read, or *");
  if (ifMatch.trim() === "*") return undefined;
  const version = Number(/^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1]);
  // A tag that this service never gave cannot be the current one.
  return Number.isNaN(version) ? -1 : version;
}
