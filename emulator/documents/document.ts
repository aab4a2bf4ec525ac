import type { Refusal } from "../proxy/error-reply";
import type { JsonObject } from "../wire/json";

export type { Refusal } from "../proxy/error-reply";

/** A check of what AWS's model of an operation does not describe: facts inside one request. */
export interface DocumentCheck {
  /** Signing name of the service. */
  readonly service: string;
  /** Names of the operations in AWS's API model, for example `RegisterTaskDefinition`. */
  readonly operations: readonly string[];
  /** Page of AWS's documentation with the rule. */
  readonly source: string;
  /**
   * The refusal of a request, or undefined.
   *
   * @param input parameters by their names in AWS's API model, as an SDK takes them
   */
  readonly check: (input: JsonObject) => Refusal | undefined;
}

/** The first refusal of several rules, which are evaluated one after the other. */
export function firstRefusal<Input>(
  rules: readonly ((input: Input) => Refusal | undefined)[],
  input: Input,
): Refusal | undefined {
  for (const rule of rules) {
    const refusal = rule(input);
    if (refusal) return refusal;
  }
  return undefined;
}

/** The first value that occurs a second time. */
export function firstDuplicate<Value>(values: readonly Value[]): Value | undefined {
  return values.find((value, index) => values.indexOf(value) < index);
}
