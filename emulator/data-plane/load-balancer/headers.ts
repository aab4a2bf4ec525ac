import { randomBytes } from "node:crypto";
import { isIPv6 } from "node:net";
import { urlOf, type DataRequest, type DataResponse } from "../message";
import type { Attributes } from "./attributes";
import { balancerError } from "./error-page";

type Headers = DataRequest["headers"];

const none: Attributes = new Map();

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html#http-headers-quotas
const longestLine = 16 * 1024;
const longestHead = 64 * 1024;
const mostAddresses = 30;
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html#request-tracing-limits
const longestTraced = 7 * 1024;

/**
 * The answer to a request that an Application Load Balancer does not take; undefined when it takes it.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export function refusalOf(request: DataRequest, attributes: Attributes): DataResponse | undefined {
  const { method, headers } = request;
  if (method === "TRACE") return balancerError(405, "Not Allowed");
  if (urlOf(request).length > longestLine) return balancerError(414, "URI Too Long");
  const longest = Math.max(0, ...Object.entries(headers).map(sizeOf));
  if (longest > longestLine || headSize(headers) > longestHead) return balancerError(400, "Bad Request");
  const addresses = headers["x-forwarded-for"]?.split(",").length ?? 0;
  return addresses > mostAddresses && forwardingMode(attributes) === "append" ? balancerError(463, "") : undefined;
}

/**
 * The request that a target receives, with the headers that an Application Load Balancer adds.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
 */
export function forwarded(request: DataRequest, attributes = none): DataRequest {
  const { "x-forwarded-for": chain, ...others } = request.headers;
  const addresses = forwardedFor(request, chain, attributes);
  const headers = Object.entries(others).filter(
    ([name]) =>
      attributes.get("routing.http.drop_invalid_header_fields.enabled") !== "true" || /^[-a-z0-9]+$/.test(name),
  );
  return {
    ...request,
    headers: {
      ...Object.fromEntries(headers),
      "x-amzn-trace-id": traceId(request.headers),
      ...(addresses !== undefined && { "x-forwarded-for": addresses }),
      "x-forwarded-proto": request.scheme,
      "x-forwarded-port": String(request.port),
    },
  };
}

function forwardedFor(
  { sourceIp, sourcePort = 49152 }: DataRequest,
  chain: string | undefined,
  attributes: Attributes,
): string | undefined {
  const mode = forwardingMode(attributes);
  if (mode !== "append") return mode === "preserve" ? chain : undefined;
  const hasPort = attributes.get("routing.http.xff_client_port.enabled") === "true";
  const client = hasPort ? `${isIPv6(sourceIp) ? `[${sourceIp}]` : sourceIp}:${sourcePort}` : sourceIp;
  return chain === undefined ? client : `${chain}, ${client}`;
}

function forwardingMode(attributes: Attributes): string {
  return attributes.get("routing.http.xff_header_processing.mode") ?? "append";
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-request-tracing.html
function traceId(headers: Headers): string {
  const own = `1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`;
  const received = headers["x-amzn-trace-id"] ?? "";
  const fields = headSize(headers) > longestTraced ? [] : received.split(";").filter((field) => field.trim() !== "");
  const others = fields.filter((field) => !/^\s*Self=/i.test(field));
  const hasRoot = fields.some((field) => /^\s*Root=/i.test(field));
  return [`${hasRoot ? "Self" : "Root"}=${own}`, ...others].join(";");
}

function headSize(headers: Headers): number {
  return Object.entries(headers).reduce((sum, header) => sum + sizeOf(header), 0);
}

/** Size of a header's line: name, ": ", value and the line's end. */
function sizeOf([name, value]: readonly [string, string]): number {
  return name.length + value.length + 4;
}
