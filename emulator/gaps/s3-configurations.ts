import type { AwsRequest, Handler, Handlers, Reply } from "../proxy/gap";
import { errorReply } from "../proxy/error-reply";
import { Store } from "../store";
import { isSuccess, xmlReply } from "../wire/reply";
import { element, parseXml, textOf, type Element } from "../wire/xml";

/** The kinds of configurations of which a bucket has several, each with an id, and the name of their list. */
const kinds = {
  analytics: "ListBucketAnalyticsConfigurationsResult",
  "intelligent-tiering": "ListBucketIntelligentTieringConfigurationsOutput",
  inventory: "ListInventoryConfigurationsResult",
  metrics: "ListMetricsConfigurationsResult",
};

const missing = { code: "NoSuchConfiguration", message: "The specified configuration does not exist.", status: 404 };

/** Deletes what is kept of a bucket, when the bucket is deleted. */
export type Forget = (request: AwsRequest) => void;

/**
 * moto keeps no configurations of metrics, analytics and Intelligent-Tiering, and deletes the bucket when one of them or of
 * an inventory is deleted; affects `aws_s3_bucket_metric`, `aws_s3_bucket_analytics_configuration`, `aws_s3_bucket_inventory`
 * and `aws_s3_bucket_intelligent_tiering_configuration`.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketMetricsConfiguration.html
 */
export function configurations(): { readonly handlers: Handlers; readonly forget: Forget } {
  const stores = Object.entries(kinds).map(([kind, list]) => ({
    kind,
    list,
    store: new Store<Map<string, Element>>(),
  }));
  const handlers = stores.map(({ kind, list, store }): Handlers => {
    const of = (request: AwsRequest): Map<string, Element> => {
      const bucket = request.params.bucket ?? "";
      const found = store.of(request).get(bucket) ?? new Map<string, Element>();
      store.of(request).set(bucket, found);
      return found;
    };
    const idOf = ({ query }: AwsRequest): string => query.get("id") ?? "";
    return {
      [`PUT /{bucket}?${kind}`]: ofBucket((request) => {
        of(request).set(idOf(request), parseXml(request.body));
        return { status: 200, headers: {}, body: Buffer.alloc(0) };
      }),
      [`GET /{bucket}?${kind}`]: ofBucket((request) => {
        if (!request.query.has("id")) return xmlReply(listOf(list, [...of(request).values()]));
        const found = of(request).get(idOf(request));
        return found ? xmlReply(found) : errorReply(request, missing);
      }),
      [`DELETE /{bucket}?${kind}`]: ofBucket((request) =>
        of(request).delete(idOf(request))
          ? { status: 204, headers: {}, body: Buffer.alloc(0) }
          : errorReply(request, missing),
      ),
    };
  });
  return {
    handlers: Object.assign({}, ...handlers) as Handlers, // of objects that are Handlers
    forget: (request) => {
      for (const { store } of stores) store.of(request).delete(request.params.bucket ?? "");
    },
  };
}

/** A handler for a bucket that exists. */
function ofBucket(handler: (request: AwsRequest) => Reply): Handler {
  return async (request, forward) => {
    const found = await forward({ method: "GET", url: `/${request.params.bucket ?? ""}?location`, body: "" });
    return isSuccess(found) ? handler(request) : found;
  };
}

function listOf(name: string, all: readonly Element[]): Element {
  const sorted = [...all].sort((a, b) => (textOf(a, "Id") < textOf(b, "Id") ? -1 : 1));
  return element(name, [...sorted, element("IsTruncated", "false")]);
}
