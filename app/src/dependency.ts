/** Something that the service works with cannot be used at this moment; the same request may succeed later. */
export class DependencyUnavailable extends Error {
  constructor(
    /** As a caller knows it, e.g. "database". */
    readonly dependency: string,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : `the ${dependency} does not answer`, { cause });
  }
}
