import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import type { ApiCall } from "../models/model";
import type { Caller } from "./callers";

/** An AWS call, as far as the head of its request identifies it. */
export interface Call {
  readonly method: string;
  /** Path with the query, as the client sent it. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Signing name of the service, such as "elasticloadbalancing"; "" when the request is not signed. */
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** Operation, in the protocols that name it in a header (AWS JSON) or in the path (RPC). @default - named elsewhere */
  readonly target?: string;
}

/** A call with its body. */
export interface AwsRequest extends Call {
  readonly caller: Caller;
  /** Account of the caller. */
  readonly account: string;
  /** "CreateService", or method and path in the REST protocols. */
  readonly operation: string;
  readonly body: Buffer;
  /** The body when it is a stream of bytes, such as an S3 object; `body` is empty then. @default - the body is read */
  readonly stream?: Readable;
  /** Parameters in the body, in the Query and EC2 protocols; empty in the others. */
  readonly form: URLSearchParams;
  /** Values of the placeholders in the route, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** The call by the API model of its service. @default - no model has the operation */
  readonly api?: ApiCall;
}

/** A call that the emulator itself makes. */
export interface InternalCall {
  readonly service: string;
  readonly account: string;
  readonly region: string;
  /** @default "GET" */
  readonly method?: string;
  /** Path with the query. @default "/" */
  readonly path?: string;
  /** @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default "" */
  readonly body?: string;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
const credential = /(?:Credential=)?([^/\s=,]+)\/\d{8}\/([^/]*)\/([^/]+)\/aws4_request/;

/** Reads the head of a request: credential scope and operation. */
export function readCall(request: Pick<IncomingMessage, "method" | "url" | "headers">): Call {
  const { method = "GET", url = "/", headers } = request;
  const { pathname, searchParams } = new URL(url, "http://emulator");
  const scope = credential.exec(headers.authorization ?? searchParams.get("X-Amz-Credential") ?? "");
  return {
    method,
    url,
    path: pathname,
    query: searchParams,
    headers,
    service: scope?.[3] ?? "",
    region: scope?.[2] ?? "",
    accessKeyId: scope?.[1] ?? "",
    target: targetOf(headers, pathname),
  };
}

/** The scope of operations without a signature, which names it in all other calls; that of Cognito can be any Region. */
const unsigned: Readonly<Record<string, { readonly service: string; readonly region: string } | undefined>> = {
  AssumeRoleWithSAML: { service: "sts", region: "us-east-1" },
  AssumeRoleWithWebIdentity: { service: "sts", region: "us-east-1" },
  InitiateAuth: { service: "cognito-idp", region: "us-east-1" },
};

/** Adds caller and body to a call; the operation is that of the form in the Query and EC2 protocols. */
export function awsRequest(call: Call, caller: Caller, body: Buffer): AwsRequest {
  const form = new URLSearchParams(isForm(call) ? body.toString() : "");
  const operation = form.get("Action") ?? operationOf(call);
  const scope = call.service === "" ? unsigned[operation] : undefined;
  return { ...call, ...scope, caller, account: caller.account, operation, body, form, params: {} };
}

/** The operation that the head of a request names: its target, or method and path in the REST protocols. */
export function operationOf({ target, method, path }: Call): string {
  return target ?? `${method} ${path}`;
}

/** A request as an SDK would have signed it for an internal call. */
export function internalRequest(internal: InternalCall): AwsRequest {
  const { service, account, region, method = "GET", path = "/", headers, body = "" } = internal;
  const scope = `AKIAEMULATOR00000000/20250101/${region}/${service}/aws4_request`;
  const signed = {
    host: "127.0.0.1",
    ...Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
  };
  const caller = { account, arn: `arn:aws:iam::${account}:root` };
  return awsRequest(readCall({ method, url: path, headers: signed }), caller, Buffer.from(body));
}

/** Whether the body is a form that names the operation, as in the Query and EC2 protocols. */
export function isForm({ headers }: Pick<Call, "headers">): boolean {
  return headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
}

function targetOf(headers: IncomingHttpHeaders, path: string): string | undefined {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.split(".").at(-1);
  return /^\/service\/[^/]+\/operation\/([^/]+)$/.exec(path)?.[1];
}
