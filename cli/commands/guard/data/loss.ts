/** Data that a plan loses. */
export interface Loss {
  readonly address: string;
  /** The address, with the key of a deposed object. */
  readonly name: string;
  /** What happens to the resource, such as `is deleted` or `changes ttl.enabled from false to true`. */
  readonly effect: string;
  /** Why it happens; continues the sentence after "as it". @default - the stack says so */
  readonly cause?: string;
  /** What is lost. */
  readonly data: string;
  /** What else to know before the plan is applied. */
  readonly notes: readonly string[];
}
