import { fakeAwsForEachTest, xml } from "../fake-aws";

describe("the gaps of monitoring and cost services", () => {
  const aws = fakeAwsForEachTest();

  it("CloudWatch returns a composite alarm, separate from metric alarms", async () => {
    aws.reply = xml("<R><DescribeAlarmsResult><MetricAlarms><member/></MetricAlarms></DescribeAlarmsResult></R>");
    await aws.query("monitoring", { Action: "PutCompositeAlarm", AlarmName: "all", AlarmRule: "ALARM(a) OR ALARM(b)" });
    const types = { "AlarmTypes.member.1": "CompositeAlarm" };
    const described = await aws.query("monitoring", {
      Action: "DescribeAlarms",
      ...types,
      "AlarmNames.member.1": "all",
    });
    expect(described).toContain("<AlarmRule>ALARM(a) OR ALARM(b)</AlarmRule>");
    expect(described).toContain("<MetricAlarms/>");
    await aws.query("monitoring", { Action: "DeleteAlarms", "AlarmNames.member.1": "all" });
    expect(await aws.query("monitoring", { Action: "DescribeAlarms", ...types })).not.toContain("AlarmRule");
  });

  it("CloudWatch Logs updates a saved query with the same id", async () => {
    const { queryDefinitionId } = (await aws.json("logs", "PutQueryDefinition", {
      name: "slow",
      queryString: "a",
    })) as {
      queryDefinitionId: string; // the shape of the reply
    };
    await aws.json("logs", "PutQueryDefinition", { queryDefinitionId, name: "slow", queryString: "b" });
    expect(await aws.json("logs", "DescribeQueryDefinitions", { queryDefinitionNamePrefix: "sl" })).toMatchObject({
      queryDefinitions: [{ queryDefinitionId, queryString: "b" }],
    });
    expect(await aws.json("logs", "DeleteQueryDefinition", { queryDefinitionId })).toEqual({ success: true });
  });

  it("CloudWatch Logs replaces a changed metric filter", async () => {
    const filter = { filterName: "errors", logGroupName: "/shop", filterPattern: "b" };
    await aws.json("logs", "PutMetricFilter", filter);
    const [removed, put] = aws.received;
    expect(removed?.headers["x-amz-target"]).toBe("Logs_20140328.DeleteMetricFilter");
    expect(JSON.parse(String(removed?.body))).toEqual({ filterName: "errors", logGroupName: "/shop" });
    expect(put?.headers["x-amz-target"]).toMatch(/\.PutMetricFilter$/);
    expect(JSON.parse(String(put?.body))).toEqual(filter);
  });

  it("CloudWatch Logs pauses an anomaly detector", async () => {
    const { anomalyDetectorArn } = (await aws.json("logs", "CreateLogAnomalyDetector", { detectorName: "d" })) as {
      anomalyDetectorArn: string; // the shape of the reply
    };
    await aws.json("logs", "UpdateLogAnomalyDetector", { anomalyDetectorArn, enabled: false });
    expect(await aws.json("logs", "GetLogAnomalyDetector", { anomalyDetectorArn })).toMatchObject({
      detectorName: "d",
      anomalyDetectorStatus: "PAUSED",
    });
  });

  it("Budgets returns subscribers and tags", async () => {
    const Notification = { NotificationType: "FORECASTED", ComparisonOperator: "GREATER_THAN", Threshold: 80 };
    const Subscribers = [{ SubscriptionType: "EMAIL", Address: "team@example.com" }];
    await aws.json("budgets", "CreateBudget", {
      Budget: { BudgetName: "month" },
      NotificationsWithSubscribers: [{ Notification, Subscribers }],
      ResourceTags: [{ Key: "app", Value: "x" }],
    });
    const input = { BudgetName: "month", Notification: { ...Notification, ThresholdType: "PERCENTAGE" } };
    expect(await aws.json("budgets", "DescribeSubscribersForNotification", input)).toEqual({ Subscribers });
    const ResourceARN = "arn:aws:budgets::111122223333:budget/month";
    expect(await aws.json("budgets", "ListTagsForResource", { ResourceARN })).toEqual({
      ResourceTags: [{ Key: "app", Value: "x" }],
    });
  });

  it("Cost Explorer creates, updates and deletes anomaly monitors, and returns subscriptions", async () => {
    const monitor = { MonitorName: "stage", MonitorType: "CUSTOM" };
    const sent = { AnomalyMonitor: monitor, ResourceTags: [{ Key: "app", Value: "x" }] };
    const { MonitorArn } = (await aws.json("ce", "CreateAnomalyMonitor", sent)) as { MonitorArn: string }; // the shape of the reply
    await aws.json("ce", "UpdateAnomalyMonitor", { MonitorArn, MonitorName: "other" });
    expect(await aws.json("ce", "GetAnomalyMonitors", { MonitorArnList: [MonitorArn] })).toEqual({
      AnomalyMonitors: [{ ...monitor, MonitorName: "other", MonitorArn, AccountId: "111122223333" }],
    });
    expect(await aws.json("ce", "GetAnomalyMonitors", { MonitorArnList: ["another"] })).toEqual({
      AnomalyMonitors: [],
    });
    const tags = { ResourceArn: MonitorArn };
    await aws.json("ce", "TagResource", { ...tags, ResourceTags: [{ Key: "owner", Value: "y" }] });
    await aws.json("ce", "UntagResource", { ...tags, ResourceTagKeys: ["app"] });
    expect(await aws.json("ce", "ListTagsForResource", tags)).toEqual({ ResourceTags: [{ Key: "owner", Value: "y" }] });
    await aws.json("ce", "CreateAnomalySubscription", { AnomalySubscription: { SubscriptionName: "mail" } });
    expect(await aws.json("ce", "GetAnomalySubscriptions", {})).toMatchObject({
      AnomalySubscriptions: [{ SubscriptionName: "mail" }],
    });
    await aws.json("ce", "DeleteAnomalyMonitor", { MonitorArn });
    expect(await aws.json("ce", "GetAnomalyMonitors", {})).toEqual({ AnomalyMonitors: [] });
    expect(await aws.json("ce", "DeleteAnomalyMonitor", { MonitorArn })).toMatchObject({
      __type: "UnknownMonitorException",
    });
  });
});
