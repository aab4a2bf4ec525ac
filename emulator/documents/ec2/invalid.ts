import type { Refusal } from "../document";

/** The refusal of a value by EC2. */
export function invalid(message: string): Refusal {
  return { code: "InvalidParameterValue", message };
}

/** The refusal of parameters that exclude each other. */
export function invalidCombination(message: string): Refusal {
  return { code: "InvalidParameterCombination", message };
}

/** The refusal of a request without a parameter that it needs. */
export function missing(message: string): Refusal {
  return { code: "MissingParameter", message };
}
