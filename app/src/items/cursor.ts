import { ProblemError } from "../api/problem";

const largestPosition = 2n ** 63n - 1n;

/** Hides a position in a text that callers have no reason to look into. */
export function encodeCursor(position: string): string {
  return Buffer.from(position).toString("base64url");
}

/** Reads a cursor back; a text that no page ever gave is a 400 problem. */
export function decodeCursor(cursor: string | undefined): string {
  if (cursor === undefined) return "0";
  const position = Buffer.from(cursor, "base64url").toString("latin1");
  if (!/^\d{1,19}$/.test(position) || BigInt(position) > largestPosition) {
    throw new ProblemError(400, "the cursor is not one that a page gave");
  }
  return position;
}
