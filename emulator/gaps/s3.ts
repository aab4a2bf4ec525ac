import { notImplementedReply } from "../proxy/error-reply";
import type { AwsRequest, Gap, Handlers, Reply } from "../proxy/gap";
import { Store } from "../store";
import { objects, parseJson } from "../wire/json";
import { editXml, isSuccess } from "../wire/reply";
import { element, find, parseXml, setChild } from "../wire/xml";
import { configurations } from "./s3-configurations";
import { lifecycles } from "./s3-lifecycle";

/**
 * moto ignores the condition of a Deny statement (TLS only), and so denies everything, loses that a bucket notifies
 * EventBridge, and makes buckets without the defaults of 2023: encryption, Block Public Access, and no access control lists; affects
 * `aws_s3_bucket_policy`, `eventbridge` of `aws_s3_bucket_notification`, and what reads the settings of a new bucket.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
 */
export function s3(): Gap {
  const policies = new Store<Buffer>();
  const eventBridge = new Store<boolean>();
  const defaults = new Store<Map<string, string>>();
  const configured = configurations();
  const lifecycle = lifecycles();
  const defaultsOf = (request: AwsRequest): Map<string, string> => {
    const found = defaults.of(request).get(bucketOf(request)) ?? newBucketSettings();
    defaults.of(request).set(bucketOf(request), found);
    return found;
  };
  const settings = ["publicAccessBlock", "ownershipControls"].map((setting): Handlers => ({
    [`GET /{bucket}?${setting}`]: async (request, forward) => {
      const reply = await forward();
      const usual = defaultsOf(request).get(setting);
      return reply.status === 404 && usual !== undefined && !String(reply.body).includes("NoSuchBucket")
        ? xmlReply(usual)
        : reply;
    },
    [`DELETE /{bucket}?${setting}`]: async (request, forward) => {
      const reply = await forward();
      if (isSuccess(reply)) defaultsOf(request).delete(setting);
      return reply;
    },
  }));
  return {
    service: "s3",
    handlers: {
      ...settings[0],
      ...settings[1],
      ...configured.handlers,
      ...lifecycle.handlers,
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
      "GET /{bucket}?encryption": async (_, forward) => {
        const reply = await forward();
        return String(reply.body).includes("ServerSideEncryptionConfigurationNotFoundError")
          ? xmlReply(encryption)
          : reply;
      },
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
        const isOfBucket = [...request.query.keys()].every((key) => key === "x-id" || key.startsWith("X-Amz-"));
        const isKnown = settingsThatMotoDeletes.some((setting) => request.query.has(setting));
        // moto would delete the bucket.
        if (!isOfBucket && !isKnown) return notImplementedReply(request, request.api?.operation ?? request.operation);
        const reply = await forward();
        if (isSuccess(reply) && isOfBucket) {
          policies.of(request).delete(bucketOf(request));
          eventBridge.of(request).delete(bucketOf(request));
          defaults.of(request).delete(bucketOf(request));
          configured.forget(request);
          lifecycle.forget(request);
        }
        return reply;
      },
    },
  };
}

/** Settings of a bucket that moto deletes without the bucket, by the parameter of the query. */
const settingsThatMotoDeletes = ["cors", "encryption", "replication", "tagging", "website"];

const encryption = [
  "<ServerSideEncryptionConfiguration><Rule>",
  "<ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault>",
  "<BucketKeyEnabled>false</BucketKeyEnabled>",
  "</Rule></ServerSideEncryptionConfiguration>",
].join("");

function xmlReply(xml: string): Reply {
  return { status: 200, headers: { "content-type": "application/xml" }, body: Buffer.from(xml) };
}

function newBucketSettings(): Map<string, string> {
  const blocks = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
  const settings = blocks.map((name) => `<${name}>true</${name}>`).join("");
  const rule = "<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>";
  return new Map([
    ["publicAccessBlock", `<PublicAccessBlockConfiguration>${settings}</PublicAccessBlockConfiguration>`],
    ["ownershipControls", `<OwnershipControls>${rule}</OwnershipControls>`],
  ]);
}

// The path is not a key: some clients write a slash after the bucket.
function bucketOf({ params }: AwsRequest): string {
  return params.bucket ?? "";
}
