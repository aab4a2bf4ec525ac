import type { AwsRequest } from "../proxy/call";
import { errorReply } from "../proxy/error-reply";
import type { Reply } from "../proxy/gap";
import type { Next } from "../proxy/layer";
import { object, objects, text, type JsonObject } from "../wire/json";
import { isSuccess, xmlReply } from "../wire/reply";
import { buildXml, element, findAll, parseXml, type Element } from "../wire/xml";
import type { ModelledCall } from "./call";
import type { Refusal } from "./refusal";

/** The refusal of a call like the one that is checked. */
type RefusalFor = (changed: Partial<ModelledCall>) => Promise<Refusal | undefined>;

const checksum = /^(content-md5|content-length|x-amz-(checksum|sdk-checksum).*)$/;

/** Whether a call deletes several objects, each with a permission of its own. */
export function isDeleteObjects({ model, operation }: ModelledCall): boolean {
  return model === "s3" && operation === "DeleteObjects";
}

/**
 * Deletes those of the objects that the caller may delete; the reply has an error for each of the others.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
export async function deleteAllowed(
  request: AwsRequest,
  { input }: ModelledCall,
  refusalFor: RefusalFor,
  next: Next,
): Promise<Reply> {
  const wanted = objects(object(input.Delete).Objects);
  const refusals = await Promise.all(wanted.map((each) => refusalFor({ input: deleting(input, [each]) })));
  const isRefused = (index: number) => refusals[index] !== undefined;
  const errors = wanted.flatMap((each, index) => {
    const { code, message } = refusals[index] ?? {};
    return code === undefined ? [] : [errorOf(each, code, message ?? "")];
  });
  if (errors.length === wanted.length) return xmlReply(element("DeleteResult", errors));
  const root = parseXml(request.body);
  const refused = new Set(findAll(root, "Object").filter((_, index) => isRefused(index)));
  root.children = root.children.filter((each) => !refused.has(each));
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !checksum.test(name)));
  const allowed = wanted.filter((_, index) => !isRefused(index));
  const reply = await next({
    ...request,
    headers,
    body: Buffer.from(buildXml(root)),
    ...(request.api && { api: { ...request.api, input: deleting(input, allowed) } }),
  });
  if (!isSuccess(reply)) return reply;
  const result = parseXml(reply.body);
  result.children.push(...errors);
  return { ...reply, body: Buffer.from(buildXml(result)) };
}

/**
 * The refusal of a read of an object that does not exist, to a caller who may not list the bucket: it does not learn that
 * the object does not exist. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export async function hiddenObject(
  request: AwsRequest,
  { model, operation, input }: ModelledCall,
  reply: Reply,
  refusalFor: RefusalFor,
): Promise<Reply | undefined> {
  const isRead = model === "s3" && /^(Get|Head)Object$/.test(operation);
  const isMissing = reply.status === 404 && !reply.body.includes("NoSuchBucket") && text(input.VersionId) === "";
  if (!isRead || !isMissing) return undefined;
  // With the key as the prefix, a condition on s3:prefix can allow it.
  const list = { operation: "ListObjectsV2", input: { Bucket: input.Bucket, Prefix: input.Key } };
  const refusal = await refusalFor(list);
  return refusal && errorReply(request, refusal);
}

function deleting(input: JsonObject, some: readonly JsonObject[]): JsonObject {
  return { ...input, Delete: { ...object(input.Delete), Objects: [...some] } };
}

function errorOf({ Key: key, VersionId: version }: JsonObject, code: string, message: string): Element {
  const ofVersion = text(version) === "" ? [] : [element("VersionId", text(version))];
  return element("Error", [
    element("Key", text(key)),
    ...ofVersion,
    element("Code", code),
    element("Message", message),
  ]);
}
