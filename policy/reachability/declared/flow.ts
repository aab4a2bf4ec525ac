/** A connection over TCP that the resources of a stack call for. */
export interface Flow {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly because: string;
  /** False for what may be open without being needed. */
  readonly required: boolean;
}
