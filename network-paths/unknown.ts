/** A resource that affects network paths and that a reader does not support. */
export interface UnknownResource {
  readonly kind: "unknown";
  readonly resource: string;
  /** Predicate of a sentence whose subject is the name of the resource. */
  readonly problem: string;
  readonly message: string;
}

/** Reports a resource that a reader does not support. */
export function unknown(resource: string, problem: string): UnknownResource {
  return { kind: "unknown", resource, problem, message: `${resource} ${problem}` };
}
