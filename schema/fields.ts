import { z } from "zod";

/**
 * Names of the fields that an object may have at a path of a schema; none where the schema has no object. Of a union they
 * are those of the variants that the input can be.
 */
export function fieldsAt(schema: z.core.$ZodType, path: readonly PropertyKey[], input: unknown): readonly string[] {
  let schemas = variantsOf(schema, input);
  let value = input;
  for (const part of path) {
    value = valueAt(value, [part]);
    schemas = schemas.flatMap((each) => childrenOf(each, part)).flatMap((each) => variantsOf(each, value));
  }
  const names = schemas.flatMap((each) =>
    each instanceof z.ZodObject
      ? Object.entries<z.core.$ZodType>(each.shape).flatMap(([name, field]) => (isRefused(field) ? [] : [name]))
      : [],
  );
  return [...new Set(names)];
}

/** The value at a path of an input, or undefined. */
export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined),
    input,
  );
}

function childrenOf(schema: z.core.$ZodType, part: PropertyKey): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) {
    const child: z.core.$ZodType | undefined = Object.entries<z.core.$ZodType>(schema.shape).find(
      ([name]) => name === part,
    )?.[1];
    return child === undefined ? [] : [child];
  }
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  return schema instanceof z.ZodArray ? [schema.element] : [];
}

/** The schemas inside wrappers and unions, without the variants that a discriminator excludes. */
function variantsOf(schema: z.core.$ZodType, value: unknown): readonly z.core.$ZodType[] {
  if (schema instanceof z.ZodUnion) {
    const variants = schema.options.flatMap((option) => variantsOf(option, value));
    const possible = variants.filter((variant) => !isExcluded(variant, value));
    return possible.length > 0 ? possible : variants;
  }
  if (schema instanceof z.ZodPipe) return variantsOf(schema.in, value);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly
  ) {
    return variantsOf(schema.unwrap(), value);
  }
  return [schema];
}

function isExcluded(variant: z.core.$ZodType, value: unknown): boolean {
  if (!(variant instanceof z.ZodObject)) return true;
  return Object.entries<z.core.$ZodType>(variant.shape).some(([name, field]) => {
    const actual = valueAt(value, [name]);
    return field instanceof z.ZodLiteral && actual !== undefined && !field.safeParse(actual).success;
  });
}

/** Fields that a schema lists only to refuse them with a message of their own (`unsupported`). */
function isRefused(field: z.core.$ZodType): boolean {
  return field instanceof z.ZodOptional && field.unwrap() instanceof z.ZodUndefined;
}
