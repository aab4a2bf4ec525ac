import { partitionOf } from "../../iam/call";
import { contextOf } from "../../iam/conditions";
import { allows } from "../../iam/evaluate";
import { parsePolicy } from "../../iam/policy-document";
import { text, valuesByKey } from "../../wire/json";
import type { Rule, RuleCall } from "../rule";
import { service } from "./resources";

/** Logs of an Application Load Balancer that go to a bucket, with the object that tests the bucket. */
const kinds = [
  ["access_logs", "ELBAccessLogTestFile"],
  ["connection_logs", "ELBConnectionLogTestFile"],
  ["health_check_logs", "ELBHealthCheckLogTestFile"],
] as const;

/**
 * Accounts of Elastic Load Balancing, which policies of buckets may name in place of the service in the older Regions.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
 */
const accounts: Readonly<Record<string, string | undefined>> = {
  "af-south-1": "098369216593",
  "ap-east-1": "754344448648",
  "ap-northeast-1": "582318560864",
  "ap-northeast-2": "600734575887",
  "ap-northeast-3": "383597477331",
  "ap-south-1": "718504428378",
  "ap-southeast-1": "114774131450",
  "ap-southeast-2": "783225319266",
  "ap-southeast-3": "589379963580",
  "ca-central-1": "985666609251",
  "cn-north-1": "638102146993",
  "cn-northwest-1": "037604701340",
  "eu-central-1": "054676820928",
  "eu-north-1": "897822967062",
  "eu-south-1": "635631232127",
  "eu-west-1": "156460612806",
  "eu-west-2": "652711504416",
  "eu-west-3": "009996457667",
  "me-south-1": "076674570225",
  "sa-east-1": "507241528517",
  "us-east-1": "127311923021",
  "us-east-2": "033677994240",
  "us-gov-east-1": "190560391635",
  "us-gov-west-1": "048591011584",
  "us-west-1": "027434742980",
  "us-west-2": "797873946194",
};

/** Rules of the logs of load balancers. */
export const logRules: readonly Rule[] = [
  {
    name: "load-balancer-log-bucket-access",
    service,
    operations: ["ModifyLoadBalancerAttributes"],
    code: "InvalidConfigurationRequest",
    rule: "An Application Load Balancer logs to a bucket of its Region whose policy lets Elastic Load Balancing write.",
    source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
    refuse: async (call) => {
      const arn = text(call.input.LoadBalancerArn);
      const changed = valuesByKey(call.input.Attributes);
      const enabled = kinds.filter(([kind]) => changed.get(`${kind}.s3.enabled`) === "true");
      if (enabled.length === 0 || !arn.includes(":loadbalancer/app/")) return undefined;
      const { Attributes } = await call.ask("DescribeLoadBalancerAttributes", { LoadBalancerArn: arn });
      const attributes = new Map([...valuesByKey(Attributes), ...changed]);
      for (const [kind, file] of enabled) {
        const bucket = attributes.get(`${kind}.s3.bucket`) ?? "";
        const prefix = attributes.get(`${kind}.s3.prefix`) ?? "";
        const key = [...(prefix === "" ? [] : [prefix]), "AWSLogs", call.account, file].join("/");
        if (!(await isWritable(call, arn, bucket, key))) {
          return `Access Denied for bucket: ${bucket}. Please check S3bucket permission`;
        }
      }
      return undefined;
    },
  },
];

async function isWritable(
  { account, region, ask }: RuleCall,
  loadBalancerArn: string,
  bucket: string,
  key: string,
): Promise<boolean> {
  const { LocationConstraint } = await ask("GetBucketLocation", { Bucket: bucket }, "s3");
  const policy = text((await ask("GetBucketPolicy", { Bucket: bucket }, "s3")).Policy);
  if (policy === "" || (text(LocationConstraint) || "us-east-1") !== region) return false;
  const partition = partitionOf(region);
  const context = contextOf({
    "aws:SecureTransport": "true",
    "aws:SourceAccount": account,
    "aws:SourceArn": loadBalancerArn,
    "s3:x-amz-acl": "bucket-owner-full-control",
  });
  const request = { action: "s3:PutObject", resource: `arn:${partition}:s3:::${bucket}/${key}`, context };
  const document = parsePolicy(policy);
  const own = accounts[region];
  return (
    allows(document, request, { type: "Service", identifiers: ["logdelivery.elasticloadbalancing.amazonaws.com"] }) ||
    (own !== undefined &&
      allows(document, request, { type: "AWS", identifiers: [`arn:${partition}:iam::${own}:root`] }))
  );
}
