import { Type, type Static } from "@sinclair/typebox";
import { plainText } from "../api/text";

/** What a test record carries. */
export const SmokeInput = Type.Object({ message: plainText(1, 200) }, { additionalProperties: false });

/** A test record, as stored and answered. */
export const SmokeTest = Type.Object(
  {
    test_id: Type.String({ format: "uuid" }),
    message: Type.String(),
    created_at: Type.Unsafe<Date | string>(Type.String({ format: "date-time" })),
  },
  { $id: "Test" },
);

export type SmokeTest = Static<typeof SmokeTest>;
