import type { ApiCall } from "./model";

/** A problem that a model has with a call that AWS, or moto in its place, takes. */
interface Exception {
  readonly service: string;
  /** @default - every operation */
  readonly operations?: readonly string[];
  readonly problem: RegExp;
  /** Why the model is not right. */
  readonly reason: string;
}

const exceptions: readonly Exception[] = [
  {
    service: "wafv2",
    problem: /at 'LockToken' failed/,
    reason: "moto hands out a LockToken that is not a UUID, as AWS's pattern requires",
  },
  {
    service: "cognito-idp",
    problem: /Value '[a-z0-9-]+(\.[a-z0-9-]+)+' at '[dD]omain' failed/,
    reason: "the pattern of a Domain is that of a prefix, and a custom domain has dots",
  },
  {
    service: "ec2",
    operations: ["CreateLaunchTemplate"],
    problem: /at 'LaunchTemplateName' failed/,
    reason: "EC2 refuses such a name with a code of its own, which its document check has",
  },
  {
    service: "s3",
    operations: ["CreateBucket", "PutBucketAcl"],
    problem: /^Value '(log-delivery-write|aws-exec-read|bucket-owner-(read|full-control))' at 'ACL' failed/,
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
    reason: "the enum of a bucket's canned ACLs lacks those that S3 takes for buckets and objects alike",
  },
];

/** Whether a problem with the call comes from the model, not from the caller. */
export function isException({ model, operation }: ApiCall, problem: string): boolean {
  return exceptions.some(
    (exception) =>
      exception.service === model.name &&
      (exception.operations?.includes(operation) ?? true) &&
      exception.problem.test(problem),
  );
}
