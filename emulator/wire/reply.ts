import { randomUUID } from "node:crypto";
import type { Reply } from "../proxy/gap";
import { parseJson, text, type JsonObject } from "./json";
import { buildXml, element, find, parseXml, textOf, type Element } from "./xml";

/** A reply in JSON. */
export function jsonReply(body: JsonObject, status = 200): Reply {
  return { status, headers: { "content-type": "application/x-amz-json-1.1" }, body: Buffer.from(JSON.stringify(body)) };
}

/** An error in JSON: SDKs read `message` or `Message`, depending on the version of the protocol. */
export function jsonError(code: string, message: string, status = 400): Reply {
  const { headers, body } = jsonReply({ __type: code, message, Message: message });
  return { status, headers: { ...headers, "x-amzn-errortype": code }, body };
}

/** A reply in XML. */
export function xmlReply(root: Element, status = 200): Reply {
  return { status, headers: { "content-type": "text/xml" }, body: Buffer.from(buildXml(root)) };
}

/** The reply of a Query service: the result of the action with its metadata. */
export function queryReply(action: string, result: Element[]): Reply {
  const metadata = element("ResponseMetadata", [element("RequestId", randomUUID())]);
  return xmlReply(element(`${action}Response`, [element(`${action}Result`, result), metadata]));
}

/** An error of a Query service. */
export function queryError(code: string, message: string, status = 400): Reply {
  const error = element("Error", [element("Type", "Sender"), element("Code", code), element("Message", message)]);
  return xmlReply(element("ErrorResponse", [error, element("RequestId", randomUUID())]), status);
}

/** The reply with its JSON body changed; an error is returned unchanged. */
export function editJson(reply: Reply, change: (body: JsonObject) => JsonObject): Reply {
  if (!isSuccess(reply)) return reply;
  const headers = { ...reply.headers };
  // DynamoDB's checksum of the body, which the changed one does not have.
  delete headers["x-amz-crc32"];
  return { ...reply, headers, body: Buffer.from(JSON.stringify(change(parseJson(reply.body)))) };
}

/** The reply with its XML body changed in place; an error is returned unchanged. */
export function editXml(reply: Reply, change: (root: Element) => void): Reply {
  if (!isSuccess(reply)) return reply;
  const root = parseXml(reply.body);
  change(root);
  return { ...reply, body: Buffer.from(buildXml(root)) };
}

/** Whether a reply is not an error. */
export function isSuccess({ status }: Reply): boolean {
  return status >= 200 && status < 300;
}

/** Error code and message of a reply, in any protocol but CBOR. */
export function errorOf({ headers, body }: Reply): { readonly code: string; readonly message: string } {
  const content = body.toString();
  if (content.trimStart().startsWith("<")) {
    const root = parseXml(body);
    const error = find(root, "Errors", "Error") ?? find(root, "Error") ?? root;
    return { code: textOf(error, "Code"), message: textOf(error, "Message") };
  }
  const parsed = content.trimStart().startsWith("{") ? parseJson(content) : {};
  const type = headerText(headers["x-amzn-errortype"]) || text(parsed.__type) || text(parsed.code);
  // The code may have a namespace before it and an address after it.
  const code = type.split("#").at(-1)?.split(":")[0] ?? "";
  return { code, message: text(parsed.message) || text(parsed.Message) };
}

function headerText(value: number | string | string[] | undefined): string {
  return typeof value === "string" ? value : "";
}
