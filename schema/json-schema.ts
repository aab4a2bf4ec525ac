/**
 * Keywords of JSON Schema that API Gateway does not take from an OpenAPI document, or takes and does not validate.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const unsupported = [
  "$ref",
  "$schema",
  "definitions",
  "discriminator",
  "example",
  "exclusiveMaximum",
  "exclusiveMinimum",
  "maxItems",
  "minItems",
  "readOnly",
];

/** Keywords whose values are not schemas. */
const values = ["enum", "default", "required"];

/** The first keyword of a schema, or of those inside it, that API Gateway does not validate; undefined when there is none. */
export function unsupportedKeyword(schema: unknown): string | undefined {
  if (Array.isArray(schema)) return first(schema);
  if (typeof schema !== "object" || schema === null) return undefined;
  for (const [keyword, value] of Object.entries(schema)) {
    if (unsupported.includes(keyword)) return keyword;
    if (values.includes(keyword)) continue;
    const found = keyword === "properties" ? first(valuesOf(value)) : unsupportedKeyword(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function valuesOf(map: unknown): readonly unknown[] {
  return typeof map === "object" && map !== null ? Object.values(map) : [];
}

function first(schemas: readonly unknown[]): string | undefined {
  return schemas.map(unsupportedKeyword).find((keyword) => keyword !== undefined);
}
