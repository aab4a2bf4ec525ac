interface Ends {
  /** Address of a resource, or `internet`. */
  readonly from: string;
  /** Address of a resource, `internet`, or an AWS service such as `ecr.api`. */
  readonly to: string;
  readonly message: string;
}

/** Something that must reach another cannot. */
export interface MissingWay extends Ends {
  readonly kind: "missing";
  readonly port: number;
  readonly because: string;
  readonly reason: string;
}

/** A way is open that nothing needs. */
export interface ExtraWay extends Ends {
  readonly kind: "extra";
  /** Such as `TCP 443`. */
  readonly traffic: string;
  /** Addresses of the rules that open it, at least one. */
  readonly rules: readonly string[];
}

/** A resource that decides who reaches whom in a way that is not understood. */
export interface UnknownWay {
  readonly kind: "unknown";
  readonly resource: string;
  /** Reads on after the address of the resource. */
  readonly problem: string;
  readonly message: string;
}

/** One thing wrong with the ways between what a stack holds. */
export type Finding = MissingWay | ExtraWay | UnknownWay;

/** A resource that cannot be judged. */
export function unknown(resource: string, problem: string): UnknownWay {
  return { kind: "unknown", resource, problem, message: `${resource} ${problem}` };
}
