import { randomUUID } from "node:crypto";
import type { AwsRequest, Handlers } from "../proxy/gap";
import { Store } from "../store";
import { isSuccess } from "../wire/reply";
import { buildXml, element, findAll, parseXml, setChild, textOf } from "../wire/xml";
import type { Forget } from "./s3-configurations";

const minimumSize = "x-amz-transition-default-minimum-object-size";

interface Lifecycle {
  readonly body: Buffer;
  readonly minimumSize: string;
}

/**
 * moto loses the object sizes of a lifecycle rule, the number of noncurrent versions that it keeps, and the smallest object
 * that is moved; affects `aws_s3_bucket_lifecycle_configuration`.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export function lifecycles(): { readonly handlers: Handlers; readonly forget: Forget } {
  const lifecycles = new Store<Lifecycle>();
  const forget: Forget = (request) => {
    lifecycles.of(request).delete(bucketOf(request));
  };
  return {
    forget,
    handlers: {
      "PUT /{bucket}?lifecycle": async (request, forward) => {
        const reply = await forward();
        if (!isSuccess(reply)) return reply;
        const sent = request.headers[minimumSize];
        const size = typeof sent === "string" ? sent : "all_storage_classes_128K";
        lifecycles.of(request).set(bucketOf(request), { body: withIds(request.body), minimumSize: size });
        return { ...reply, headers: { ...reply.headers, [minimumSize]: size } };
      },
      "GET /{bucket}?lifecycle": async (request, forward) => {
        const reply = await forward();
        const found = lifecycles.of(request).get(bucketOf(request));
        if (!isSuccess(reply) || !found) return reply;
        return { ...reply, headers: { ...reply.headers, [minimumSize]: found.minimumSize }, body: found.body };
      },
      "DELETE /{bucket}?lifecycle": async (request, forward) => {
        const reply = await forward();
        if (isSuccess(reply)) forget(request);
        return reply;
      },
    },
  };
}

function bucketOf({ params }: AwsRequest): string {
  return params.bucket ?? "";
}

/** S3 gives a rule without an id one of its own. */
function withIds(body: Buffer): Buffer {
  const root = parseXml(body);
  for (const rule of findAll(root, "Rule")) {
    if (textOf(rule, "ID") === "") setChild(rule, element("ID", randomUUID()));
  }
  return Buffer.from(buildXml(root));
}
