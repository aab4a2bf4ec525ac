import { jsonError, queryError, xmlReply } from "../wire/reply";
import { element } from "../wire/xml";
import { isForm, type Call } from "./call";
import type { Reply } from "./gap";

const code = "NotImplementedByEmulator";
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
  const reply = errorReply(call, message);
  const headers = { ...reply.headers, "x-amzn-errortype": code, "x-amzn-requestid": "emulator" };
  return { ...reply, headers, unanswered: message };
}

function errorReply(call: Call, message: string): Reply {
  const details = [element("Code", code), element("Message", message)];
  if (call.service === "s3") return xmlReply(element("Error", [...details, element("RequestId", "emulator")]), 501);
  if (call.service === "ec2" && isForm(call)) {
    const errors = element("Errors", [element("Error", details)]);
    return xmlReply(element("Response", [errors, element("RequestID", "emulator")]), 501);
  }
  const isXml = isForm(call) || restXmlServices.includes(call.service);
  return isXml ? queryError(code, message, 501) : jsonError(code, message, 501);
}
