import { ProblemError } from "../api/problem";

const largestPosition = 2n ** 63n - 1n;

/** Encodes a position as an opaque cursor. */
export function encodeCursor(position: string): string {
  return Buffer.from(position).toString("base64url");
}

/** Decodes a cursor; throws a 400 problem when it is not valid. */
export function decodeCursor(cursor: string | undefined): string {
  if (cursor === undefined) return "0";
  const position = Buffer.from(cursor, "base64url").toString("latin1");
  if (!/^\d{1,19}$/.test(position) || BigInt(position) > largestPosition) {
    throw new ProblemError(400, "the cursor is not valid; use next_cursor of a page");
  }
  return position;
}
