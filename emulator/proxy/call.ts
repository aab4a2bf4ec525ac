import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** What the head of a request tells about the AWS call in it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Signing name of the service, such as "elasticloadbalancing"; "" when the request is not signed. */
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  /** Operation as far as the head tells it: of the JSON and the RPC protocols. */
  readonly target?: string;
}

const credential = /(?:Credential=)?([^/\s=,]+)\/\d{8}\/([^/]*)\/([^/]+)\/aws4_request/;

/** Reads the head of a request: protocol, credential scope and operation. */
export function readCall(request: Pick<IncomingMessage, "method" | "url" | "headers">): Call {
  const { method = "GET", url = "/", headers } = request;
  const { pathname, searchParams } = new URL(url, "http://emulator");
  const scope = credential.exec(headers.authorization ?? searchParams.get("X-Amz-Credential") ?? "");
  return {
    method,
    path: pathname,
    query: searchParams,
    headers,
    service: scope?.[3] ?? "",
    region: scope?.[2] ?? "",
    accessKeyId: scope?.[1] ?? "",
    target: targetOf(headers, pathname),
  };
}

/** Whether the operation is named in a form in the body, as in the Query and EC2 protocols. */
export function isForm({ headers }: Pick<Call, "headers">): boolean {
  return headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
}

function targetOf(headers: IncomingHttpHeaders, path: string): string | undefined {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.split(".").at(-1);
  return /^\/service\/[^/]+\/operation\/([^/]+)$/.exec(path)?.[1];
}
