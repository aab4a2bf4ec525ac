import { arnOf, type ArnScope } from "../../arn";
import { queueName, tableName } from "../../naming";
import type { ActionTable } from "./table";

// Names of queues and of dead-letter queues have this beginning and this end in common.
const queues = (scope: ArnScope) => [arnOf(scope, "sqs", queueName(scope, "*").replace("-queue-", "-"))];
const settings: ActionTable[string] = {
  create: ["sqs:SetQueueAttributes"],
  read: ["sqs:GetQueueAttributes"],
  update: ["sqs:SetQueueAttributes"],
  delete: ["sqs:SetQueueAttributes"],
  on: queues,
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html, also for DynamoDB. */
export const queuesAndTables: ActionTable = {
  aws_sqs_queue: {
    create: ["sqs:CreateQueue", "sqs:TagQueue"],
    read: ["sqs:GetQueueAttributes", "sqs:ListQueueTags"],
    update: ["sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"],
    delete: ["sqs:DeleteQueue"],
    on: queues,
  },
  aws_sqs_queue_policy: settings,
  aws_sqs_queue_redrive_allow_policy: settings,
  aws_dynamodb_table: {
    create: [
      "dynamodb:CreateTable",
      "dynamodb:TagResource",
      "dynamodb:UpdateContinuousBackups",
      "dynamodb:UpdateTimeToLive",
    ],
    read: [
      "dynamodb:DescribeContinuousBackups",
      "dynamodb:DescribeTable",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:ListTagsOfResource",
    ],
    update: [
      "dynamodb:TagResource",
      "dynamodb:UntagResource",
      "dynamodb:UpdateContinuousBackups",
      "dynamodb:UpdateTable",
      "dynamodb:UpdateTimeToLive",
    ],
    delete: ["dynamodb:DeleteTable"],
    on: (scope) => [arnOf(scope, "dynamodb", `table/${tableName(scope, "*")}`)],
  },
};
