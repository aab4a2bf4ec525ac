import { z } from "zod";
import { stageSchema } from "../../schema/stage";

/** A field of a stage file that may be a text. */
export interface Field {
  /** Path of the field; `*` is the key of a record, and `[]` an element of a list. */
  readonly path: readonly string[];
  /** Whether the text is the key of a record. */
  readonly isKey: boolean;
  /** Whether it accepts any plain text, so that a hostile text must arrive unchanged. */
  readonly isFree: boolean;
}

/** All fields of a stage file that may be texts, read from the schema, so that new fields are included. */
export const fields: readonly Field[] = [
  ...new Map(textsOf(stageSchema, []).map((field) => [`${field.path.join(".")} ${field.isKey}`, field])).values(),
];

function textsOf(schema: z.core.$ZodType, path: readonly string[], depth = 0): Field[] {
  // JSON schemas are recursive.
  if (depth > 16) return [];
  const within = (inner: z.core.$ZodType, ...parts: string[]) => textsOf(inner, [...path, ...parts], depth + 1);
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([name, inner]: [string, z.core.$ZodType]) => within(inner, name));
  }
  if (schema instanceof z.ZodRecord) {
    return [
      ...textsOf(schema.keyType, [...path, "*"], depth + 1).map((field) => ({ ...field, isKey: true })),
      ...within(schema.valueType, "*"),
    ];
  }
  if (schema instanceof z.ZodArray) return within(schema.element, "[]");
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => within(option));
  if (schema instanceof z.ZodPipe) return within(schema.in);
  if (schema instanceof z.ZodLazy) return within(schema.unwrap());
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable
  ) {
    return within(schema.unwrap());
  }
  if (!(schema instanceof z.ZodString)) return [];
  return [{ path, isKey: false, isFree: schema.safeParse(`a "quoted" \\ text`).success }];
}
