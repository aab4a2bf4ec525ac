import { budget, dashboard, policies } from "./documents";
import type { Mistake } from "./mistake";

const json = JSON.stringify;

const createRole = "iam create-role --role-name other --assume-role-policy-document";
const alarm =
  "cloudwatch put-metric-alarm --alarm-name slow --namespace AWS/ECS --metric-name CPUUtilization --statistic Average --threshold 90 --comparison-operator GreaterThanThreshold";
const metricFilter =
  "logs put-metric-filter --log-group-name /shop/web --filter-name errors --metric-transformations metricName=errors,metricNamespace=shop,metricValue=1";
const schedule = `scheduler create-schedule --flexible-time-window Mode=OFF --target ${json({
  Arn: "arn:aws:sqs:us-east-1:123456789012:jobs",
  RoleArn: "{role}",
})}`;

/** Mistakes with what watches and protects: identities, keys, secrets, logs, alarms, schedules and budgets. */
export const operatingMistakes: readonly Mistake[] = [
  [
    "a trust policy with a wrong action",
    `${createRole} ${json(policies.trustWithWrongAction)}`,
    "MalformedPolicyDocument",
    `${createRole} ${json(policies.trust)}`,
  ],
  [
    "a policy without resource",
    `iam create-policy --policy-name other --policy-document ${json(policies.withoutResource)}`,
    "MalformedPolicyDocument",
  ],
  [
    "inline policies of a role over 10,240 characters",
    `iam put-role-policy --role-name shop --policy-name large --policy-document ${json(policies.tooLong)}`,
    "LimitExceeded",
  ],
  ["a role with policies deleted", "iam delete-role --role-name shop", "DeleteConflict"],
  [
    "a key policy that leaves the key without administrator",
    `kms create-key --policy ${json(policies.keyWithoutAdministrator)}`,
    "MalformedPolicyDocumentException",
  ],
  [
    "a key deleted after three days",
    "kms schedule-key-deletion --key-id {key} --pending-window-in-days 3",
    "ValidationException",
  ],
  [
    "a secret created that is scheduled for deletion",
    "secretsmanager create-secret --name shop/token --secret-string secret",
    "InvalidRequestException",
  ],
  [
    "logs kept for 42 days",
    "logs put-retention-policy --log-group-name /shop/web --retention-in-days 42",
    "InvalidParameterException",
  ],
  [
    "a metric filter with an unclosed pattern",
    `${metricFilter} --filter-pattern {unclosedPattern}`,
    "InvalidParameterException",
    `${metricFilter} --filter-pattern {closedPattern}`,
  ],
  [
    "a metric alarm of eight periods of a day",
    `${alarm} --period 86400 --evaluation-periods 8`,
    "ValidationError",
    `${alarm} --period 86400 --evaluation-periods 7`,
  ],
  [
    "a composite alarm of an alarm that does not exist",
    "cloudwatch put-composite-alarm --alarm-name any --alarm-rule ALARM(lost)",
    "ValidationError",
  ],
  [
    "a dashboard without widgets",
    "cloudwatch put-dashboard --dashboard-name shop --dashboard-body {}",
    "InvalidParameterInput",
    `cloudwatch put-dashboard --dashboard-name shop --dashboard-body ${json(dashboard)}`,
  ],
  [
    "a rule of EventBridge with a cron of five fields",
    "events put-rule --name nightly --schedule-expression {cronOfFiveFields}",
    "ValidationException",
    "events put-rule --name nightly --schedule-expression {cronOfSixFields}",
  ],
  [
    "an event pattern with a string for a list",
    `events put-rule --name tasks --event-pattern ${json({ source: "aws.ecs" })}`,
    "InvalidEventPatternException",
    `events put-rule --name tasks --event-pattern ${json({ source: ["aws.ecs"] })}`,
  ],
  [
    "a schedule in a time zone that does not exist",
    `${schedule} --name nightly --schedule-expression {everyHour} --schedule-expression-timezone Europe/Springfield`,
    "ValidationException",
  ],
  [
    "a schedule in a group that does not exist",
    `${schedule} --name nightly --schedule-expression {everyHour} --group-name lost`,
    "ResourceNotFoundException",
    `${schedule} --name nightly --schedule-expression {everyHour}`,
  ],
  [
    "a budget name used twice",
    `budgets create-budget --account-id 123456789012 --budget ${json(budget)}`,
    "DuplicateRecordException",
  ],
];
