import { z } from "zod";
import { matching, text } from "../primitives";

/** Actions of tasks that know no resource, and so are granted on `*`; the stacks keep to the same list. */
export const actionsWithoutResource: readonly string[] = [
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
  "ecr:GetAuthorizationToken",
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmessagegatewayservice.html
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
  // ECS Exec looks the log group of sessions up before it names it.
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
  'is no action of IAM; write one such as "ses:SendEmail", without wildcards',
);

/** Terraform writes `${` for `&{` in policies. */
const conditionText = text.refine(
  (value) => !value.includes("&{"),
  "holds a variable of IAM (&{), which is no plain text; write a text",
);

const resource = matching(
  /^(\*|arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d*:[\w+=,.@/:*-]+)$/,
  'is no ARN; write one such as "arn:aws:ses:us-east-1:111122223333:identity/example.com"',
);

/** What a service may do beside what `uses` gives it: named actions on named resources. */
export const permission = z
  .strictObject({
    actions: z.array(action).min(1, "is empty; write an action"),
    resources: z.array(resource).min(1, "is empty; write an ARN"),
    /** Conditions of IAM: operator, key, values. @default [] */
    conditions: z
      .array(
        z.strictObject({
          test: matching(
            /^(For(Any|All)Values?:)?[A-Za-z]+$/,
            'is no operator of IAM; write one such as "StringEquals"',
          ),
          variable: conditionText,
          values: z.array(conditionText).min(1, "is empty; write a value"),
        }),
      )
      .default([]),
  })
  .refine(({ actions, resources }) => !resources.some(isEverything) || actions.every(hasNoResource), {
    path: ["resources"],
    error: "is everything; write the ARNs that the service needs",
  });

/** `*`, or every resource of a service. */
function isEverything(arn: string): boolean {
  return /^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:\*)$/.test(arn);
}

function hasNoResource(name: string): boolean {
  return actionsWithoutResource.includes(name);
}

export type Permission = z.output<typeof permission>;
