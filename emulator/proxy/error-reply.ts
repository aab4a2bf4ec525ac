import { cborReply, encodeCborError, isCbor } from "../models/cbor";
import { jsonError, queryError, xmlReply } from "../wire/reply";
import { element } from "../wire/xml";
import { isForm, type Call } from "./call";
import type { Reply } from "./gap";

/** A refusal of a call. */
export interface Refusal {
  /** AWS's error code, such as "DependencyViolation". */
  readonly code: string;
  readonly message: string;
  /** @default 400 */
  readonly status?: number;
}

const notImplemented = "NotImplementedByEmulator";
const restXmlServices = ["s3", "route53", "cloudfront"];

/** Whether a reply of moto means that it does not implement the call: an exception, or a path without a route. */
export function isNotImplemented({ status, body }: Pick<Reply, "status" | "body">): boolean {
  if (status >= 500) return true;
  return (status === 404 || status === 405) && body.toString().startsWith("<!doctype html>");
}

/**
 * The reply to a call that moto does not implement, in the protocol of its service. The status is 501 because the AWS
 * provider retries a 500 about 25 times, which takes minutes, and does not retry a 501.
 */
export function notImplementedReply(call: Call, operation: string): Reply {
  const subject = call.service ? `${operation} of ${call.service}` : `${operation} without a signature`;
  const message = `${subject} is not emulated`;
  const reply = errorReply(call, { code: notImplemented, message, status: 501 });
  const headers = { ...reply.headers, "x-amzn-errortype": notImplemented, "x-amzn-requestid": "emulator" };
  return { ...reply, headers, unanswered: message };
}

/** The reply to every call once moto has ended, with the status that the AWS provider does not retry. */
export function upstreamEndedReply(call: Call, message: string): Reply {
  return { ...errorReply(call, { code: "EmulatorEnded", message, status: 501 }), unanswered: message };
}

/** A refusal in the protocol of the call. */
export function errorReply(call: Call, { code, message, status = 400 }: Refusal): Reply {
  if (isCbor(call)) return cborReply(encodeCborError(code, message), status);
  const details = [element("Code", code), element("Message", message)];
  if (call.service === "s3") return xmlReply(element("Error", [...details, element("RequestId", "emulator")]), status);
  if (call.service === "ec2" && isForm(call)) {
    const errors = element("Errors", [element("Error", details)]);
    return xmlReply(element("Response", [errors, element("RequestID", "emulator")]), status);
  }
  if (isForm(call) || restXmlServices.includes(call.service)) return queryError(code, message, status);
  const reply = jsonError(code, message, status);
  // https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#awsquerycompatible-trait
  const headers = { ...reply.headers, "x-amzn-query-error": `${code};${status < 500 ? "Sender" : "Receiver"}` };
  return ["monitoring", "sqs"].includes(call.service) ? { ...reply, headers } : reply;
}
