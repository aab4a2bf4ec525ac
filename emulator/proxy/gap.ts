import type { OutgoingHttpHeaders } from "node:http";
import type { Call } from "./call";

/** A call with its whole body, as a gap sees it. */
export interface AwsRequest extends Call {
  /** Account in which the call lands. */
  readonly account: string;
  /** "CreateService", or method and path for the REST protocols. */
  readonly operation: string;
  readonly body: Buffer;
  /** Body of the Query and EC2 protocols; empty in the others. */
  readonly form: URLSearchParams;
  /** What the placeholders of the route stand for, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

export interface Reply {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
  /** What moto could not answer. @default - it answered */
  readonly unanswered?: string;
}

/** What a gap may change in a call on its way to moto. */
export interface Change {
  readonly method?: string;
  /** Path with the query. */
  readonly url?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer | string;
}

/** Passes a call on to moto, as it came or changed. */
export type Forward = (change?: Change) => Promise<Reply>;

/** Handles one operation: asks moto by `forward`, or answers itself. */
export type Handler = (request: AwsRequest, forward: Forward) => Promise<Reply> | Reply;

/** Handlers by operation ("CreateService") or by route ("PUT /{bucket}?policy"; "{arn+}" takes all that is left). */
export type Handlers = Readonly<Record<string, Handler>>;

/** What moto lacks in one AWS service, and how it is filled. */
export interface Gap {
  /** Signing name of the service. */
  readonly service: string;
  readonly handlers: Handlers;
}
