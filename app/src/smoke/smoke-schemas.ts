import { Type, type Static } from "@sinclair/typebox";
import { plainText } from "../api/text";

/** The fields of a test record that a caller sets. */
export const SmokeInput = Type.Object({ message: plainText(1, 200) }, { additionalProperties: false });

/** A test record in the database and in responses. */
export const SmokeTest = Type.Object(
  {
    test_id: Type.String({ format: "uuid" }),
    message: Type.String(),
    created_at: Type.Unsafe<Date | string>(Type.String({ format: "date-time" })),
  },
  { $id: "Test" },
);

export type SmokeTest = Static<typeof SmokeTest>;
