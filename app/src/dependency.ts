/** A dependency of the service is temporarily unavailable; a retry may succeed. */
export class DependencyUnavailable extends Error {
  constructor(
    /** Name of the dependency in responses, e.g. "database". */
    readonly dependency: string,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : `the ${dependency} does not respond`, { cause });
  }
}
