import { FakeAws, xml } from "../fake-aws";

describe("the emulated operations", () => {
  let aws: FakeAws;
  beforeEach(async () => {
    aws = new FakeAws();
    await aws.start();
  });
  afterEach(() => {
    aws.stop();
  });

  it("of CloudWatch keep a composite alarm, apart from metric alarms", async () => {
    aws.answer = xml("<R><DescribeAlarmsResult><MetricAlarms><member/></MetricAlarms></DescribeAlarmsResult></R>");
    await aws.query("monitoring", { Action: "PutCompositeAlarm", AlarmName: "all", AlarmRule: "ALARM(a) OR ALARM(b)" });
    const types = { "AlarmTypes.member.1": "CompositeAlarm" };
    const answer = await aws.query("monitoring", { Action: "DescribeAlarms", ...types, "AlarmNames.member.1": "all" });
    expect(answer).toContain("<AlarmRule>ALARM(a) OR ALARM(b)</AlarmRule>");
    expect(answer).toContain("<MetricAlarms/>");
    await aws.query("monitoring", { Action: "DeleteAlarms", "AlarmNames.member.1": "all" });
    expect(await aws.query("monitoring", { Action: "DescribeAlarms", ...types })).not.toContain("AlarmRule");
  });

  it("of CloudWatch Logs keep a saved query under its id", async () => {
    const { queryDefinitionId } = (await aws.ask("logs", "PutQueryDefinition", { name: "slow", queryString: "a" })) as {
      queryDefinitionId: string; // the shape that the gap answers
    };
    await aws.ask("logs", "PutQueryDefinition", { queryDefinitionId, name: "slow", queryString: "b" });
    expect(await aws.ask("logs", "DescribeQueryDefinitions", { queryDefinitionNamePrefix: "sl" })).toMatchObject({
      queryDefinitions: [{ queryDefinitionId, queryString: "b" }],
    });
    expect(await aws.ask("logs", "DeleteQueryDefinition", { queryDefinitionId })).toEqual({ success: true });
  });

  it("of CloudWatch Logs put a changed metric filter in the place of the old one", async () => {
    const filter = { filterName: "errors", logGroupName: "/shop", filterPattern: "b" };
    await aws.ask("logs", "PutMetricFilter", filter);
    const [removed, put] = aws.received;
    expect(removed?.headers["x-amz-target"]).toBe("Logs_20140328.DeleteMetricFilter");
    expect(JSON.parse(String(removed?.body))).toEqual({ filterName: "errors", logGroupName: "/shop" });
    expect(put?.headers["x-amz-target"]).toMatch(/\.PutMetricFilter$/);
    expect(JSON.parse(String(put?.body))).toEqual(filter);
  });

  it("of CloudWatch Logs pause an anomaly detector", async () => {
    const { anomalyDetectorArn } = (await aws.ask("logs", "CreateLogAnomalyDetector", { detectorName: "d" })) as {
      anomalyDetectorArn: string; // the shape that the gap answers
    };
    await aws.ask("logs", "UpdateLogAnomalyDetector", { anomalyDetectorArn, enabled: false });
    expect(await aws.ask("logs", "GetLogAnomalyDetector", { anomalyDetectorArn })).toMatchObject({
      detectorName: "d",
      anomalyDetectorStatus: "PAUSED",
    });
  });

  it("of Budgets give subscribers and tags back", async () => {
    const Notification = { NotificationType: "FORECASTED", ComparisonOperator: "GREATER_THAN", Threshold: 80 };
    const Subscribers = [{ SubscriptionType: "EMAIL", Address: "team@example.com" }];
    await aws.ask("budgets", "CreateBudget", {
      Budget: { BudgetName: "month" },
      NotificationsWithSubscribers: [{ Notification, Subscribers }],
      ResourceTags: [{ Key: "app", Value: "x" }],
    });
    const asked = { BudgetName: "month", Notification: { ...Notification, ThresholdType: "PERCENTAGE" } };
    expect(await aws.ask("budgets", "DescribeSubscribersForNotification", asked)).toEqual({ Subscribers });
    const ResourceARN = "arn:aws:budgets::111122223333:budget/month";
    expect(await aws.ask("budgets", "ListTagsForResource", { ResourceARN })).toEqual({
      ResourceTags: [{ Key: "app", Value: "x" }],
    });
  });

  it("of Cost Explorer keep, change and delete monitors of anomalies and who hears of them", async () => {
    const monitor = { MonitorName: "stage", MonitorType: "CUSTOM" };
    const sent = { AnomalyMonitor: monitor, ResourceTags: [{ Key: "app", Value: "x" }] };
    const { MonitorArn } = (await aws.ask("ce", "CreateAnomalyMonitor", sent)) as { MonitorArn: string }; // the shape that the gap answers
    await aws.ask("ce", "UpdateAnomalyMonitor", { MonitorArn, MonitorName: "other" });
    expect(await aws.ask("ce", "GetAnomalyMonitors", { MonitorArnList: [MonitorArn] })).toEqual({
      AnomalyMonitors: [{ ...monitor, MonitorName: "other", MonitorArn, AccountId: "111122223333" }],
    });
    expect(await aws.ask("ce", "GetAnomalyMonitors", { MonitorArnList: ["another"] })).toEqual({ AnomalyMonitors: [] });
    const tags = { ResourceArn: MonitorArn };
    await aws.ask("ce", "TagResource", { ...tags, ResourceTags: [{ Key: "owner", Value: "y" }] });
    await aws.ask("ce", "UntagResource", { ...tags, ResourceTagKeys: ["app"] });
    expect(await aws.ask("ce", "ListTagsForResource", tags)).toEqual({ ResourceTags: [{ Key: "owner", Value: "y" }] });
    await aws.ask("ce", "CreateAnomalySubscription", { AnomalySubscription: { SubscriptionName: "mail" } });
    expect(await aws.ask("ce", "GetAnomalySubscriptions", {})).toMatchObject({
      AnomalySubscriptions: [{ SubscriptionName: "mail" }],
    });
    await aws.ask("ce", "DeleteAnomalyMonitor", { MonitorArn });
    expect(await aws.ask("ce", "GetAnomalyMonitors", {})).toEqual({ AnomalyMonitors: [] });
    expect(await aws.ask("ce", "DeleteAnomalyMonitor", { MonitorArn })).toMatchObject({
      __type: "UnknownMonitorException",
    });
  });

  it("of Cognito delete a resource server", async () => {
    const server = { UserPoolId: "pool", Identifier: "items" };
    await aws.ask("cognito-idp", "CreateResourceServer", { ...server, Name: "items" });
    expect(await aws.ask("cognito-idp", "DescribeResourceServer", server)).toMatchObject({
      ResourceServer: { Name: "items" },
    });
    await aws.ask("cognito-idp", "DeleteResourceServer", server);
    expect(await aws.ask("cognito-idp", "DescribeResourceServer", server)).toMatchObject({
      __type: "ResourceNotFoundException",
    });
  });

  it("of Cloud Map delete the hosted zone of a namespace with it", async () => {
    const zone = { Properties: { DnsProperties: { HostedZoneId: "/hostedzone/Z1" } } };
    aws.answer = { body: JSON.stringify({ Namespace: zone }) };
    await aws.ask("servicediscovery", "DeleteNamespace", { Id: "ns-1" });
    expect(aws.received.at(-1)).toMatchObject({ method: "DELETE", url: "/2013-04-01/hostedzone/Z1" });
    expect(aws.received.at(-1)?.headers.authorization).toContain("/route53/aws4_request");
  });

  it("of ECS list no service that was deleted", async () => {
    aws.answer = ({ headers }) =>
      String(headers["x-amz-target"]).endsWith("DescribeServices")
        ? {
            body: JSON.stringify({
              services: [
                { serviceArn: "a", status: "ACTIVE" },
                { serviceArn: "b", status: "INACTIVE" },
              ],
            }),
          }
        : { body: JSON.stringify({ serviceArns: ["a", "b"] }) };
    expect(await aws.ask("ecs", "ListServices", { cluster: "c" })).toEqual({ serviceArns: ["a"] });
  });

  it("of STS lead the calls of an assumed role to the role's account", async () => {
    aws.answer = xml(
      "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKIATEST</AccessKeyId></Credentials></AssumeRoleResult></AssumeRoleResponse>",
    );
    await aws.query("sts", { Action: "AssumeRole", RoleArn: "arn:aws:iam::444455556666:role/deploy" });
    await aws.json("dynamodb", "ListTables", {});
    expect(aws.received.at(-1)?.headers["x-moto-account-id"]).toBe("444455556666");
  });
});
