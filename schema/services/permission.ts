import { z } from "zod";
import { matching, text } from "../primitives";

/** IAM actions without resource-level permissions, which must be granted on `*`. */
export const actionsWithoutResource: readonly string[] = [
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
  "ecr:GetAuthorizationToken",
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmessagegatewayservice.html
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
  // ECS Exec lists the log groups before it writes to the session log.
  "logs:DescribeLogGroups",
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
  "cloudwatch:GetMetricData",
  "cloudwatch:PutMetricData",
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html, and of S3
  "events:ListRules",
  "s3:ListAllMyBuckets",
];

const action = matching(
  /^[a-z0-9-]+:[A-Za-z0-9]+$/,
  'must be an IAM action; write one such as "ses:SendEmail", without wildcards',
);

/**
 * The provider replaces `&{` with IAM's `${` in policy documents, whose characters end with U+00FF.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
 */
const conditionText = text
  .refine((value) => !value.includes("&{"), "must not contain an IAM policy variable (&{); write plain text")
  .refine(
    (value) => /^[\t\n\r\x20-\xff]*$/.test(value),
    "must not contain characters after U+00FF, which IAM refuses; write Latin letters",
  );

const resource = matching(
  /^(\*|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d*:[\w+=,.@/:*-]+)$/,
  'must be an ARN; write one such as "arn:aws:ses:us-east-1:111122223333:identity/example.com"',
);

/** IAM statement of the task role, beside those of `uses`. */
export const permission = z
  .strictObject({
    actions: z.array(action).min(1, "must not be empty; write an action"),
    resources: z.array(resource).min(1, "must not be empty; write an ARN"),
    /** Conditions of the statement: operator, key and values. @default [] */
    conditions: z
      .array(
        z.strictObject({
          test: matching(
            /^(For(Any|All)Values?:)?[A-Za-z]+$/,
            'must be an IAM condition operator; write one such as "StringEquals"',
          ),
          variable: conditionText,
          values: z.array(conditionText).min(1, "must not be empty; write a value"),
        }),
      )
      .default([]),
  })
  .refine(({ actions, resources }) => !resources.some(isEverything) || actions.every(hasNoResource), {
    path: ["resources"],
    error: "must not match all resources; write the ARNs that the service needs",
  });

/** Whether an ARN is `*`, or matches every resource of an AWS service. */
function isEverything(arn: string): boolean {
  return /^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:\*)$/.test(arn);
}

function hasNoResource(name: string): boolean {
  return actionsWithoutResource.includes(name);
}
