import { gunzipSync } from "node:zlib";
import { awsRequest, isForm, isUnsigned, type AwsRequest, type Call } from "../proxy/call";
import { takesForms } from "./client";
import type { Models } from "./model";

/** Parameters of a signed URL. */
const signing = /^x-amz-/i;

/**
 * A call as the SDKs send it, in which moto sees nothing that was not read: AWS takes the parameters of the Query and EC2
 * protocols in the URL, too, and any body may be compressed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html
 */
export function canonical(models: Models, request: AwsRequest): AwsRequest {
  const { service, target, query, path, stream } = request;
  if (stream || service === "s3") return request;
  const body = uncompressed(request);
  const form = formOf(models, request, body);
  if (form) return form;
  // moto prefers an operation in the URL to that of the header.
  const url = typeof request.headers["x-amz-target"] === "string" && target !== undefined ? path : request.url;
  if (url === request.url && body === request.body) return request;
  const call = { ...request, url, query: url === path ? new URLSearchParams() : query, headers: plain(request) };
  return { ...awsRequest(call, request.caller, body), sent: request };
}

/** A call of the Query or EC2 protocol as a form, unless it is one. */
function formOf(models: Models, request: AwsRequest, body: Buffer): AwsRequest | undefined {
  const { service, target, method, query, path } = request;
  const isOwn = isForm(request) && method === "POST" && query.size === 0 && body === request.body;
  if (isOwn || target !== undefined) return undefined;
  const form = new URLSearchParams([...query].filter(([name]) => !signing.test(name)));
  for (const [name, value] of new URLSearchParams(body.toString())) form.append(name, value);
  const action = form.get("Action") ?? "";
  const isKnown = service === "" ? isUnsigned(action) : models.of(service).some(takesForms);
  if (!isKnown || action === "") return undefined;
  const authorization = request.headers.authorization ?? signatureOf(query);
  const headers = {
    ...plain(request),
    ...(authorization !== undefined && { authorization }),
    "content-type": "application/x-www-form-urlencoded; charset=utf-8",
  };
  const call = { ...request, method: "POST", url: path, query: new URLSearchParams(), headers };
  return { ...awsRequest(call, request.caller, Buffer.from(form.toString())), sent: request };
}

/** The signature of a signed URL as a header, by which moto finds the service. */
function signatureOf(query: URLSearchParams): string | undefined {
  const credential = query.get("X-Amz-Credential");
  if (credential === null) return undefined;
  const headers = query.get("X-Amz-SignedHeaders") ?? "host";
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${headers}, Signature=none`;
}

function plain({ headers }: Call): Call["headers"] {
  return { ...headers, "content-encoding": undefined, "content-length": undefined };
}

/** https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait */
function uncompressed({ headers, body }: AwsRequest): Buffer {
  if (headers["content-encoding"] !== "gzip") return body;
  try {
    return gunzipSync(body);
  } catch {
    // It is refused as a body that cannot be read.
    return body;
  }
}
