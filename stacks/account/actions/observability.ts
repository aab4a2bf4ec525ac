import { arnOf, type ArnScope } from "../../arn";
import {
  alarmName,
  dashboardName,
  databaseIdentifier,
  databaseLogGroupName,
  insightsLogGroupName,
  logGroupName,
  webAclLogGroupName,
} from "../../naming";
import type { ActionTable } from "./table";

/** Log groups of a stage, and those whose names AWS services prescribe. */
const groups = (scope: ArnScope) =>
  [
    logGroupName(scope, ""),
    webAclLogGroupName(scope),
    `API-Gateway-Execution-Logs_*/${scope.stage}`,
    insightsLogGroupName(scope),
    databaseLogGroupName("instance", databaseIdentifier(scope)),
    databaseLogGroupName("cluster", databaseIdentifier(scope)),
  ].map((name) => arnOf(scope, "logs", `log-group:${name}*`));
const alarms: ActionTable[string] = {
  create: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
  read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
  update: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
  delete: ["cloudwatch:DeleteAlarms"],
  on: (scope) => [arnOf(scope, "cloudwatch", `alarm:${alarmName(scope, "*", "*")}`)],
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html */
export const observability: ActionTable = {
  aws_cloudwatch_log_group: {
    create: ["logs:AssociateKmsKey", "logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:TagResource"],
    read: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
    update: [
      "logs:AssociateKmsKey",
      "logs:DeleteRetentionPolicy",
      "logs:DisassociateKmsKey",
      "logs:PutRetentionPolicy",
      "logs:TagResource",
      "logs:UntagResource",
    ],
    delete: ["logs:DeleteLogGroup"],
    on: groups,
  },
  aws_cloudwatch_log_metric_filter: {
    create: ["logs:PutMetricFilter"],
    read: ["logs:DescribeMetricFilters"],
    update: ["logs:PutMetricFilter"],
    delete: ["logs:DeleteMetricFilter"],
    on: groups,
  },
  aws_cloudwatch_query_definition: {
    create: ["logs:PutQueryDefinition"],
    read: ["logs:DescribeQueryDefinitions"],
    update: ["logs:PutQueryDefinition"],
    delete: ["logs:DeleteQueryDefinition"],
    on: groups,
  },
  aws_cloudwatch_metric_alarm: alarms,
  aws_cloudwatch_composite_alarm: {
    ...alarms,
    create: ["cloudwatch:PutCompositeAlarm", "cloudwatch:TagResource"],
    update: ["cloudwatch:PutCompositeAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
    onAll: ["cloudwatch:DescribeAlarms", "cloudwatch:PutCompositeAlarm"],
  },
  aws_cloudwatch_dashboard: {
    create: ["cloudwatch:PutDashboard"],
    read: ["cloudwatch:GetDashboard"],
    update: ["cloudwatch:PutDashboard"],
    delete: ["cloudwatch:DeleteDashboards"],
    // ARNs of dashboards contain no region.
    on: (scope) => [arnOf({ ...scope, region: "" }, "cloudwatch", `dashboard/${dashboardName(scope)}`)],
  },
};
