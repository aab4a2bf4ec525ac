import type { Reply } from "../proxy/gap";
import { parseJson, type JsonObject } from "./json";
import { buildXml, parseXml, type Element } from "./xml";

/** An answer in JSON. */
export function jsonReply(body: JsonObject, status = 200): Reply {
  return { status, headers: { "content-type": "application/x-amz-json-1.1" }, body: Buffer.from(JSON.stringify(body)) };
}

/** An error in JSON, as every JSON protocol of AWS reads it. */
export function jsonError(code: string, message: string, status = 400): Reply {
  const { headers, body } = jsonReply({ __type: code, message, Message: message });
  return { status, headers: { ...headers, "x-amzn-errortype": code }, body };
}

/** An answer in XML. */
export function xmlReply(root: Element, status = 200): Reply {
  return { status, headers: { "content-type": "text/xml" }, body: Buffer.from(buildXml(root)) };
}

/** The answer with its JSON body changed; an error stays as it is. */
export function editJson(reply: Reply, change: (body: JsonObject) => JsonObject): Reply {
  if (!isSuccess(reply)) return reply;
  return { ...reply, body: Buffer.from(JSON.stringify(change(parseJson(reply.body)))) };
}

/** The answer with its XML body changed in place; an error stays as it is. */
export function editXml(reply: Reply, change: (root: Element) => void): Reply {
  if (!isSuccess(reply)) return reply;
  const root = parseXml(reply.body);
  change(root);
  return { ...reply, body: Buffer.from(buildXml(root)) };
}

/** Whether moto did what was asked. */
export function isSuccess({ status }: Reply): boolean {
  return status >= 200 && status < 300;
}
