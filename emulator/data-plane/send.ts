import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { endToEnd, readBody } from "../proxy/upstream";
import { urlOf, type DataRequest, type DataResponse } from "./message";

/** Why a process gave no answer. */
export type Failure = "refused" | "timeout" | "reset";

/** Sends a request to a local process, and reads its answer to the end. */
export async function sendTo(port: number, request: DataRequest, timeoutMs: number): Promise<DataResponse | Failure> {
  const { method, body } = request;
  const headers: OutgoingHttpHeaders = endToEnd(request.headers);
  delete headers["transfer-encoding"];
  if (body.length > 0 || headers["content-length"] !== undefined) headers["content-length"] = body.length;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = httpRequest({ host: "127.0.0.1", port, method, path: urlOf(request), headers, signal }, resolve);
      outgoing.on("error", reject);
      outgoing.end(body);
    });
    const content = await readBody(response);
    const received = Object.entries(endToEnd(response.headers)).flatMap(([name, value]) =>
      value === undefined || name === "transfer-encoding"
        ? []
        : [[name, Array.isArray(value) ? [...value] : String(value)]],
    );
    return {
      status: response.statusCode ?? 502,
      headers: Object.fromEntries(received) as DataResponse["headers"],
      body: content,
    }; // entries of names and values
  } catch (error) {
    if (signal.aborted) return "timeout";
    return error instanceof Error && "code" in error && error.code === "ECONNREFUSED" ? "refused" : "reset";
  }
}
