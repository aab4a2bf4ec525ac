import type { JsonObject } from "../wire/json";

/** One call in a record, a line of JSON in its file. */
export interface RecordedCall {
  /** Start of the call, in milliseconds since 1970. */
  readonly time: number;
  /** ARN of the caller. */
  readonly caller: string;
  /** ARN of the role that the caller has assumed. @default - the caller that may do everything */
  readonly role?: string;
  readonly account: string;
  readonly region: string;
  /** Signing name of the service. */
  readonly service: string;
  /** Operation in AWS's API model, or method and path when no model has it. */
  readonly operation: string;
  /** The parameters, without secrets. */
  readonly input: JsonObject;
  /** The answer, without secrets and without the content of S3 objects. @default - the call was refused, or no model has it */
  readonly output?: JsonObject;
  readonly status: number;
  /** AWS's error code, or the HTTP status when the answer has no code. @default - the call succeeded */
  readonly code?: string;
  /** AWS's error message. @default - the call succeeded */
  readonly message?: string;
  /** Time until the reply, in milliseconds. */
  readonly durationMs: number;
  /** What the caller had to be allowed to do. @default - not known, since no model has the operation */
  readonly actions?: readonly RecordedAction[];
}

/** An IAM action that a call needs, on each of the resources. */
export interface RecordedAction {
  /** Such as "ecs:CreateService". */
  readonly action: string;
  /** ARNs, or "*" for an action without resource-level permissions. */
  readonly resources: readonly string[];
}

/** A change of whether requests on a route are served. */
export interface RecordedRoute {
  /** In milliseconds since 1970. */
  readonly time: number;
  /** Method and public address, such as "GET https://api.example.com/orders/{id}". */
  readonly route: string;
  readonly served: boolean;
  /** Why the route is not served. @default - it is served */
  readonly reason?: string;
  /** Whether nothing has the address any more. @default false */
  readonly removed?: boolean;
}

/** Why the emulator could not find out which routes are served. */
export interface RecordedProblem {
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly problem: string;
}

/** A line of a record. */
export type RecordLine = RecordedCall | RecordedRoute | RecordedProblem;
