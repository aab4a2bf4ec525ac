import { tagsIn } from "../iam/input";
import { isRead } from "../proxy/layer";
import type { JsonObject } from "../wire/json";
import type { Refusal } from "./document";

const invalid = "InvalidParameterException";

/** Error codes for a tag that a service does not take, by signing name. */
const codes: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/acm/latest/APIReference/API_AddTagsToCertificate.html
  acm: "InvalidTagException",
  // https://github.com/aws/aws-cdk/issues/23738
  apigateway: "BadRequestException",
  "application-autoscaling": "ValidationException",
  backup: "InvalidParameterValueException",
  budgets: invalid,
  "cognito-idp": invalid,
  dynamodb: "ValidationException",
  // https://github.com/jcjorel/ec2-spot-converter/issues/13
  ec2: "InvalidParameterValue",
  // https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_TagResource.html
  ecr: "InvalidTagParameterException",
  ecs: invalid,
  elasticache: "InvalidParameterValue",
  elasticloadbalancing: "ValidationError",
  events: "ValidationException",
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagRole.html
  iam: "InvalidInput",
  // https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html
  kms: "TagException",
  lambda: "InvalidParameterValueException",
  logs: invalid,
  monitoring: "InvalidParameterValue",
  // https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds/issues/239
  rds: "InvalidParameterValue",
  route53: "InvalidInput",
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html
  s3: "InvalidTag",
  scheduler: "ValidationException",
  secretsmanager: invalid,
  servicediscovery: "InvalidInput",
  sns: "InvalidParameter",
  sqs: "InvalidParameterValue",
  ssm: "ValidationException",
  states: "ValidationException",
  wafv2: "WAFInvalidParameterException",
};

/** Messages that are known; the others have that of most services. */
const messages: Readonly<Record<string, string>> = {
  apigateway: "Invalid tag key. Tag keys cannot start with 'aws:'",
  ec2: "Tag keys starting with 'aws:' are reserved for internal use",
  rds: 'Tag keys cannot start with the reserved prefix "aws:".',
  s3: "System tags cannot be added/updated by requester",
};

/**
 * The refusal of a request with a tag whose key begins with "aws:", which is reserved for AWS.
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function reservedTag(service: string, operation: string, input: JsonObject): Refusal | undefined {
  const code = codes[service];
  if (code === undefined || isRead(operation)) return undefined;
  if (!Object.keys(tagsIn(input)).some((key) => key.startsWith("aws:"))) return undefined;
  return { code, message: messages[service] ?? "aws: prefixed tag key names are not allowed for external use." };
}
