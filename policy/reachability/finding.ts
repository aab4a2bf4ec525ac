interface Ends {
  /** Address of a resource, or `internet`. */
  readonly from: string;
  /** Address of a resource, `internet`, or an AWS service such as `ecr.api`. */
  readonly to: string;
  readonly message: string;
}

/** A required connection that is blocked. */
export interface MissingConnection extends Ends {
  readonly kind: "missing";
  readonly port: number;
  /** What the connection is for. */
  readonly reason: string;
  /** What blocks it. */
  readonly blockedReason: string;
}

/** A connection that security group rules allow and that is not declared. */
export interface UnneededConnection extends Ends {
  readonly kind: "unneeded";
  /** Such as `TCP 443`. */
  readonly traffic: string;
  /** Addresses of the rules that allow it, at least one. */
  readonly rules: readonly string[];
}

/** A resource that affects network paths and that the analysis does not support. */
export interface UnknownResource {
  readonly kind: "unknown";
  readonly resource: string;
  /** Predicate of a sentence whose subject is the address of the resource. */
  readonly problem: string;
  readonly message: string;
}

/** A result of the reachability analysis. */
export type Finding = MissingConnection | UnneededConnection | UnknownResource;

/** Reports a resource that the analysis does not support. */
export function unknown(resource: string, problem: string): UnknownResource {
  return { kind: "unknown", resource, problem, message: `${resource} ${problem}` };
}
