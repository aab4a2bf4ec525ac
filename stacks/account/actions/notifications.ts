import { arnOf, type ArnScope } from "../../arn";
import { alarmTopicName, eventRuleName, topicName } from "../../naming";
import type { ActionTable } from "./table";

const topics = (scope: ArnScope) =>
  [alarmTopicName(scope), topicName(scope, "*")].map((name) => arnOf(scope, "sns", name));
const rules = (scope: ArnScope) => [arnOf(scope, "events", `rule/${eventRuleName(scope, "*")}`)];
/** EventBridge appends an id to the names. */
const named = (scope: ArnScope, kind: string) =>
  ["", "/*"].map((id) => arnOf(scope, "events", `${kind}/${eventRuleName(scope, "*")}${id}`));
const connections = (scope: ArnScope) => [
  ...named(scope, "connection"),
  arnOf(scope, "secretsmanager", "secret:events!connection/*"),
];
const tags = ["events:TagResource", "events:UntagResource"];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html, also for EventBridge. */
export const notifications: ActionTable = {
  aws_sns_topic: {
    create: ["sns:CreateTopic", "sns:SetTopicAttributes", "sns:TagResource"],
    read: ["sns:GetTopicAttributes", "sns:ListTagsForResource"],
    update: ["sns:SetTopicAttributes", "sns:TagResource", "sns:UntagResource"],
    delete: ["sns:DeleteTopic"],
    on: topics,
  },
  aws_sns_topic_policy: {
    create: ["sns:SetTopicAttributes"],
    read: ["sns:GetTopicAttributes"],
    update: ["sns:SetTopicAttributes"],
    delete: ["sns:SetTopicAttributes"],
    on: topics,
  },
  aws_sns_topic_subscription: {
    create: ["sns:Subscribe"],
    read: ["sns:GetSubscriptionAttributes"],
    update: ["sns:SetSubscriptionAttributes"],
    delete: ["sns:Unsubscribe"],
    // The ARN of a subscription is its topic's with an id appended.
    on: (scope) => topics(scope).flatMap((arn) => [arn, `${arn}:*`]),
  },
  aws_cloudwatch_event_rule: {
    create: ["events:PutRule", "events:TagResource"],
    read: ["events:DescribeRule", "events:ListTagsForResource"],
    update: [...tags, "events:DisableRule", "events:EnableRule", "events:PutRule"],
    delete: ["events:DeleteRule"],
    on: rules,
  },
  aws_cloudwatch_event_target: {
    create: ["events:PutTargets"],
    read: ["events:ListTargetsByRule"],
    update: ["events:PutTargets"],
    delete: ["events:RemoveTargets"],
    on: rules,
    passesRolesTo: ["events.amazonaws.com"],
  },
  aws_cloudwatch_event_connection: {
    // EventBridge stores the API key in a secret with the caller's permissions: SecretsManagerAccessForEventBridge of the
    // managed policy AmazonEventBridgeFullAccess
    create: [
      "events:CreateConnection",
      "secretsmanager:CreateSecret",
      "secretsmanager:GetSecretValue",
      "secretsmanager:PutSecretValue",
    ],
    read: ["events:DescribeConnection"],
    update: ["events:UpdateConnection", "secretsmanager:UpdateSecret"],
    delete: ["events:DeleteConnection", "secretsmanager:DeleteSecret"],
    on: connections,
    serviceLinkedRole: "apidestinations.events.amazonaws.com",
  },
  aws_cloudwatch_event_api_destination: {
    create: ["events:CreateApiDestination"],
    read: ["events:DescribeApiDestination"],
    update: ["events:UpdateApiDestination"],
    delete: ["events:DeleteApiDestination"],
    on: (scope) => [...named(scope, "api-destination"), ...named(scope, "connection")],
    serviceLinkedRole: "apidestinations.events.amazonaws.com",
  },
};
