import type { AwsRequest, Gap } from "../proxy/gap";
import { editXml, isSuccess } from "../wire/edit";
import { objects, parseJson } from "../wire/json";
import { Memory } from "../wire/memory";
import { element, find, parseXml, setChild } from "../wire/xml";

/**
 * moto takes a denial under a condition (TLS only) for a denial of everything, and forgets that a bucket notifies
 * EventBridge; shown by `aws_s3_bucket_policy` and `eventbridge` of `aws_s3_bucket_notification`. What is remembered is
 * known by its bucket: some clients write a slash after it.
 */
export function s3(): Gap {
  const policies = new Memory<Buffer>();
  const notifying = new Memory<boolean>();
  return {
    service: "s3",
    handlers: {
      "PUT /{bucket}?policy": async (request, forward) => {
        const policy = parseJson(request.body);
        const Statement = objects(policy.Statement).filter(
          ({ Effect, Condition }) => !(Effect === "Deny" && Condition !== undefined),
        );
        const reply =
          Statement.length > 0
            ? await forward({ body: JSON.stringify({ ...policy, Statement }) })
            : await forward({ method: "DELETE", body: "" });
        if (isSuccess(reply)) policies.of(request).set(bucketOf(request), request.body);
        return reply;
      },
      "GET /{bucket}?policy": async (request, forward) => {
        const policy = policies.of(request).get(bucketOf(request));
        return policy ? { status: 200, headers: { "content-type": "application/json" }, body: policy } : forward();
      },
      "DELETE /{bucket}?policy": async (request, forward) => {
        policies.of(request).delete(bucketOf(request));
        return forward();
      },
      "PUT /{bucket}?notification": async (request, forward) => {
        const isNotifying = find(parseXml(request.body), "EventBridgeConfiguration") !== undefined;
        const reply = await forward();
        if (isSuccess(reply)) notifying.of(request).set(bucketOf(request), isNotifying);
        return reply;
      },
      "GET /{bucket}?notification": async (request, forward) =>
        editXml(await forward(), (root) => {
          if (notifying.of(request).get(bucketOf(request))) setChild(root, element("EventBridgeConfiguration", []));
        }),
      "DELETE /{bucket}": async (request, forward) => {
        const reply = await forward();
        if (isSuccess(reply) && request.query.size === 0) {
          policies.of(request).delete(bucketOf(request));
          notifying.of(request).delete(bucketOf(request));
        }
        return reply;
      },
    },
  };
}

function bucketOf({ params }: AwsRequest): string {
  return params.bucket ?? "";
}
