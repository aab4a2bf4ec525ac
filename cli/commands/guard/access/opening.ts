/** Access that a plan opens. */
export interface Opening {
  /** The address of the resource. */
  readonly name: string;
  /** What becomes possible, and by which change. */
  readonly what: string;
}
