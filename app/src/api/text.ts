import { Type, type TString } from "@sinclair/typebox";

/** Text that Postgres can store: any characters except the null character. */
export function plainText(minLength: number, maxLength: number): TString {
  return Type.String({ minLength, maxLength, pattern: "^[^\\u0000]*$" });
}
