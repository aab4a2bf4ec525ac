import { Ajv, type Options } from "ajv";
import addFormats from "ajv-formats";

/** Validates JSON: converts no types, and lists every problem. */
export const strictAjv = create({ allErrors: true });

/**
 * Validates values that are always text (URLs, environment): converts text to the type in the schema. With strictNumbers,
 * "1e400" would be valid: it becomes Infinity, and Ajv then compares only finite numbers with a maximum.
 */
export const convertingAjv = create({ allErrors: true, coerceTypes: true, useDefaults: true, strictNumbers: false });

function create(options: Options): Ajv {
  const ajv = new Ajv(options);
  addFormats.default(ajv, ["uuid", "date-time"]);
  return ajv;
}
