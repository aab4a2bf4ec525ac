import { alarmName, logGroupName, webAclLogGroupName } from "../../naming";
import { arnOf, type Place } from "../place";
import type { ActionTable } from "./table";

/** Log groups of a stage, and those that API Gateway names after the id of an API. */
const groups = (place: Place) =>
  [logGroupName(place, ""), webAclLogGroupName(place), `API-Gateway-Execution-Logs_*/${place.stage}`].map((name) =>
    arnOf(place, "logs", `log-group:${name}*`),
  );

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html */
export const observability: ActionTable = {
  aws_cloudwatch_log_group: {
    create: ["logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:TagResource"],
    read: ["logs:DescribeLogGroups", "logs:ListTagsForResource"],
    update: ["logs:DeleteRetentionPolicy", "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource"],
    delete: ["logs:DeleteLogGroup"],
    on: groups,
  },
  aws_cloudwatch_metric_alarm: {
    create: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
    read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
    update: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
    delete: ["cloudwatch:DeleteAlarms"],
    on: (place) => [arnOf(place, "cloudwatch", `alarm:${alarmName(place, "*", "*")}`)],
  },
};
