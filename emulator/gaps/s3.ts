import type { AwsRequest, Gap } from "../proxy/gap";
import { Store } from "../store";
import { objects, parseJson } from "../wire/json";
import { editXml, isSuccess } from "../wire/reply";
import { element, find, parseXml, setChild } from "../wire/xml";

/**
 * moto ignores the condition of a Deny statement (TLS only), and so denies everything, and loses that a bucket notifies
 * EventBridge; affects `aws_s3_bucket_policy` and `eventbridge` of `aws_s3_bucket_notification`.
 */
export function s3(): Gap {
  const policies = new Store<Buffer>();
  const eventBridge = new Store<boolean>();
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
        const isEnabled = find(parseXml(request.body), "EventBridgeConfiguration") !== undefined;
        const reply = await forward();
        if (isSuccess(reply)) eventBridge.of(request).set(bucketOf(request), isEnabled);
        return reply;
      },
      "GET /{bucket}?notification": async (request, forward) =>
        editXml(await forward(), (root) => {
          if (eventBridge.of(request).get(bucketOf(request))) setChild(root, element("EventBridgeConfiguration", []));
        }),
      "DELETE /{bucket}": async (request, forward) => {
        const reply = await forward();
        if (isSuccess(reply) && request.query.size === 0) {
          policies.of(request).delete(bucketOf(request));
          eventBridge.of(request).delete(bucketOf(request));
        }
        return reply;
      },
    },
  };
}

// The path is not a key: some clients write a slash after the bucket.
function bucketOf({ params }: AwsRequest): string {
  return params.bucket ?? "";
}
