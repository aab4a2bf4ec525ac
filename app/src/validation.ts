import { Ajv, type Options } from "ajv";
import addFormats from "ajv-formats";

/** Validates what other programs send: nothing is converted, and every problem is listed. */
export const strictAjv = create({ allErrors: true });

/**
 * Validates what only exists as text (URLs, environment): text is converted to the type asked for. Strict numbers would
 * let "1e400" pass: it becomes Infinity, and Ajv compares only finite numbers with a maximum then.
 */
export const convertingAjv = create({ allErrors: true, coerceTypes: true, useDefaults: true, strictNumbers: false });

function create(options: Options): Ajv {
  const ajv = new Ajv(options);
  addFormats.default(ajv, ["uuid", "date-time"]);
  return ajv;
}
