import { isForm, type Call } from "./call";
import type { Reply } from "./gap";
import { buildXml, element } from "../wire/xml";

const code = "NotImplementedByEmulator";
const restXmlServices = ["s3", "route53", "cloudfront"];

/** Whether moto failed instead of answering: a Python exception, or a path for which it has no route. */
export function isFailure({ status, body }: Pick<Reply, "status" | "body">): boolean {
  if (status >= 500) return true;
  return (status === 404 || status === 405) && body.toString().startsWith("<!doctype html>");
}

/**
 * Answers 501 in the shape of the call's protocol, because the AWS provider retries a 500 about 25 times, which looks
 * like a hang, and a 501 never.
 */
export function unansweredReply(call: Call, operation: string): Reply {
  const message = `the emulator lacks ${operation} of ${call.service || "an unsigned call"}`;
  const isXml = isForm(call) || restXmlServices.includes(call.service);
  const body = isXml ? xmlError(call.service, message) : jsonError(message);
  const headers = {
    "content-type": isXml ? "text/xml" : "application/x-amz-json-1.1",
    "x-amzn-errortype": code,
    "x-amzn-requestid": "emulator",
  };
  return { status: 501, headers, body: Buffer.from(body), unanswered: message };
}

function jsonError(message: string): string {
  // SDKs read one or the other, depending on the protocol's version.
  return JSON.stringify({ __type: code, message, Message: message });
}

function xmlError(service: string, message: string): string {
  const details = [element("Code", code), element("Message", message)];
  const requestId = "emulator";
  if (service === "s3") return buildXml(element("Error", [...details, element("RequestId", requestId)]));
  if (service === "ec2") {
    const errors = element("Errors", [element("Error", details)]);
    return buildXml(element("Response", [errors, element("RequestID", requestId)]));
  }
  const error = element("Error", [element("Type", "Sender"), ...details]);
  return buildXml(element("ErrorResponse", [error, element("RequestId", requestId)]));
}
