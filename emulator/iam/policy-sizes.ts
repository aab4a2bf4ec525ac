/**
 * Characters that a policy may have without white space.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
export const policySizes = {
  managed: 6_144,
  /** All inline policies of a role together. */
  inlineOfRole: 10_240,
  /** All inline policies of a user together. */
  inlineOfUser: 2_048,
  /** All inline policies of a group together. */
  inlineOfGroup: 5_120,
  /** By default; a quota raises it to 4,096. */
  trust: 2_048,
} as const;

/**
 * Bytes of the document of a resource policy of CloudWatch Logs; the API model allows 51,200 characters.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
 */
export const logsResourcePolicySize = 5_120;

/** Bytes of a bucket policy. https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html */
export const bucketPolicySize = 20 * 1024;

/** The size of a policy by which IAM limits it: white space does not count. */
export function policySize(document: string): number {
  return document.replace(/\s/g, "").length;
}

const entities = { inlineOfRole: "role", inlineOfUser: "user", inlineOfGroup: "group" } as const;

/** The message of LimitExceeded for a policy, or for the inline policies of an entity together; undefined within the quota. */
export function sizeProblem(
  kind: keyof typeof policySizes,
  documents: readonly string[],
  name = "",
): string | undefined {
  const limit = policySizes[kind];
  if (documents.reduce((size, document) => size + policySize(document), 0) <= limit) return undefined;
  if (kind === "managed") return `Cannot exceed quota for PolicySize: ${limit}`;
  if (kind === "trust") return `Cannot exceed quota for ACLSizePerRole: ${limit}`;
  return `Maximum policy size of ${limit} bytes exceeded for ${entities[kind]} ${name}`;
}
