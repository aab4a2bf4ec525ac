import { jsonReaders, queryReaders, restReaders, type Reader } from "../reader";
import { text } from "../../wire/json";

const sns = queryReaders("sns", "2010-03-31");
const cloudwatch = queryReaders("monitoring", "2010-08-01");
const logs = jsonReaders("logs", "Logs_20140328");
const events = jsonReaders("events", "AWSEvents");
const scheduler = restReaders("scheduler");
const ssm = jsonReaders("ssm", "AmazonSSM");
const budgets = jsonReaders("budgets", "AWSBudgetServiceGateway", { global: true });
const costs = jsonReaders("ce", "AWSInsightsIndexService", { global: true });

/** Alarms, logs, events and costs. */
export const monitoring: readonly Reader[] = [
  sns("Topic", "ListTopics", "Topics.member", "TopicArn"),
  sns("Subscription", "ListSubscriptions", "Subscriptions.member", "SubscriptionArn"),
  cloudwatch("Alarm", "DescribeAlarms&AlarmTypes.member.1=MetricAlarm", "MetricAlarms.member", "AlarmName"),
  cloudwatch(
    "Composite alarm",
    "DescribeAlarms&AlarmTypes.member.1=CompositeAlarm",
    "CompositeAlarms.member",
    "AlarmName",
  ),
  cloudwatch("Dashboard", "ListDashboards", "DashboardEntries.member", "DashboardName"),
  logs("Log group", "DescribeLogGroups", "logGroups", "logGroupName", {
    within: ({ logGroupName }) => [
      logs("Subscription filter", "DescribeSubscriptionFilters", "subscriptionFilters", "filterName", {
        input: { logGroupName },
      }),
    ],
  }),
  logs("Metric filter", "DescribeMetricFilters", "metricFilters", "filterName"),
  logs("Log resource policy", "DescribeResourcePolicies", "resourcePolicies", "policyName"),
  logs("Saved query", "DescribeQueryDefinitions", "queryDefinitions", "name"),
  logs("Log anomaly detector", "ListLogAnomalyDetectors", "anomalyDetectors", "detectorName"),
  events("Event rule", "ListRules", "Rules", "Name"),
  events("Event bus", "ListEventBuses", "EventBuses", "Name", { ignore: ({ Name }) => Name === "default" }),
  events("Event archive", "ListArchives", "Archives", "ArchiveName"),
  events("API destination", "ListApiDestinations", "ApiDestinations", "Name"),
  events("Event connection", "ListConnections", "Connections", "Name"),
  scheduler("Schedule", "/schedules", "Schedules", "Name"),
  scheduler("Schedule group", "/schedule-groups", "ScheduleGroups", "Name", {
    ignore: ({ Name }) => Name === "default",
  }),
  ssm("Parameter", "DescribeParameters", "Parameters", "Name", {
    ignore: ({ Name }) => text(Name).startsWith("/aws/"),
  }),
  ssm("Document", "ListDocuments", "DocumentIdentifiers", "Name", { ignore: ({ Owner }) => Owner === "Amazon" }),
  budgets("Budget", "DescribeBudgets", "Budgets", "BudgetName", { input: { AccountId: "{account}" } }),
  costs("Cost anomaly monitor", "GetAnomalyMonitors", "AnomalyMonitors", "MonitorName"),
  costs("Cost anomaly subscription", "GetAnomalySubscriptions", "AnomalySubscriptions", "SubscriptionName"),
];
