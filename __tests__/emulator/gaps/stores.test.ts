import { FakeAws, xml } from "../fake-aws";

describe("the emulated stores", () => {
  let aws: FakeAws;
  beforeEach(async () => {
    aws = new FakeAws();
    await aws.start();
  });
  afterEach(() => {
    aws.stop();
  });

  describe("S3", () => {
    const deny = { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } };
    const allow = { Effect: "Allow", Principal: "*" };

    it("gives a policy back as it came, and spares moto the denial under a condition", async () => {
      const policy = JSON.stringify({ Version: "2012-10-17", Statement: [deny, allow] });
      await aws.call("s3", "/bucket?policy", { method: "PUT", body: policy });
      expect(JSON.parse(aws.received[0]?.body.toString() ?? "")).toEqual({ Version: "2012-10-17", Statement: [allow] });
      expect(await (await aws.call("s3", "/bucket?policy")).text()).toBe(policy);
    });

    it("knows a bucket by its name, whether or not a client writes a slash after it", async () => {
      const policy = JSON.stringify({ Statement: [deny, allow] });
      await aws.call("s3", "/bucket?policy", { method: "PUT", body: policy });
      expect(await (await aws.call("s3", "/bucket/?policy=")).text()).toBe(policy);
      expect(await (await aws.call("s3", "/other/?policy=")).text()).not.toBe(policy);
    });

    it("leaves moto without a policy when nothing else is in it", async () => {
      await aws.call("s3", "/bucket?policy", { method: "PUT", body: JSON.stringify({ Statement: [deny] }) });
      expect(aws.received.map(({ method }) => method)).toEqual(["DELETE"]);
    });

    it("remembers that a bucket notifies EventBridge", async () => {
      aws.answer = xml("<NotificationConfiguration/>");
      const body = "<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>";
      await aws.call("s3", "/bucket?notification", { method: "PUT", body });
      expect(await (await aws.call("s3", "/bucket?notification")).text()).toContain("<EventBridgeConfiguration/>");
    });
  });

  describe("SQS", () => {
    const QueueUrl = "http://127.0.0.1:4000/111122223333/queue";

    it("keeps the redrive-allow policy to itself, and gives it back when asked", async () => {
      aws.answer = { body: JSON.stringify({ Attributes: { QueueArn: "arn:queue" } }) };
      await aws.ask("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { RedriveAllowPolicy: "{}" } });
      expect(aws.received.at(-1)?.body.toString()).not.toContain("RedriveAllowPolicy");
      const asked = { QueueUrl, AttributeNames: ["RedriveAllowPolicy"] };
      expect(await aws.ask("sqs", "GetQueueAttributes", asked)).toEqual({ Attributes: { RedriveAllowPolicy: "{}" } });
      expect(await aws.ask("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] })).toEqual({
        Attributes: { QueueArn: "arn:queue", RedriveAllowPolicy: "{}" },
      });
    });

    it("keeps the policy over every other change, also one that moto answers later", async () => {
      const policy = async () => {
        const asked = { QueueUrl, AttributeNames: ["Policy"] };
        return aws.ask("sqs", "GetQueueAttributes", asked);
      };
      aws.answer = { body: "{}" };
      await aws.ask("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy: '{"Id":"own"}' } });
      await aws.ask("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { VisibilityTimeout: "90" } });
      expect(await policy()).toEqual({ Attributes: { Policy: '{"Id":"own"}' } });
      aws.answer = { body: JSON.stringify({ Attributes: { Policy: "of another change" } }) };
      await Promise.all([
        aws.ask("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { RedriveAllowPolicy: "" } }),
        aws.ask("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy: "" } }),
      ]);
      expect(await policy()).toEqual({ Attributes: {} });
    });
  });

  describe("RDS", () => {
    const instances = (...names: string[]) =>
      xml(
        `<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances>${names
          .map(
            (name) =>
              `<DBInstance><DBInstanceIdentifier>${name}</DBInstanceIdentifier><DbiResourceId>db-SAME</DbiResourceId></DBInstance>`,
          )
          .join("")}</DBInstances></DescribeDBInstancesResult></DescribeDBInstancesResponse>`,
      );

    it("gives each instance a resource id of its own, by which it is found", async () => {
      aws.answer = instances("one", "two");
      const all = await aws.query("rds", { Action: "DescribeDBInstances" });
      const ids = [...all.matchAll(/<DbiResourceId>(db-[0-9A-F]{26})</g)].map(([, id]) => id ?? "");
      expect(new Set(ids).size).toBe(2);
      const second = await aws.query("rds", {
        Action: "DescribeDBInstances",
        "Filters.Filter.1.Name": "dbi-resource-id",
        "Filters.Filter.1.Values.Value.1": ids[1] ?? "",
      });
      expect(second).toContain(">two<");
      expect(second).not.toContain(">one<");
    });

    it("gives Performance Insights and monitoring back, as they were last set", async () => {
      const identity = { DBInstanceIdentifier: "one" };
      await aws.query("rds", {
        Action: "CreateDBInstance",
        ...identity,
        EnablePerformanceInsights: "true",
        MonitoringInterval: "30",
      });
      await aws.query("rds", { Action: "ModifyDBInstance", ...identity, MonitoringInterval: "60" });
      aws.answer = instances("one");
      const answer = await aws.query("rds", { Action: "DescribeDBInstances" });
      expect(answer).toContain("<PerformanceInsightsEnabled>true<");
      expect(answer).toContain("<PerformanceInsightsRetentionPeriod>7<");
      expect(answer).toContain("<MonitoringInterval>60<");
    });

    it("says that a parameter was set by its user", async () => {
      aws.answer = xml(
        "<R><DescribeDBParametersResult><Parameters><Parameter><ParameterName>a</ParameterName></Parameter></Parameters></DescribeDBParametersResult></R>",
      );
      expect(await aws.query("rds", { Action: "DescribeDBParameters" })).toContain("<Source>user</Source>");
    });
  });

  describe("ElastiCache", () => {
    it("shows the members of a replication group, and nothing once it is deleted", async () => {
      await aws.query("elasticache", {
        Action: "CreateReplicationGroup",
        ReplicationGroupId: "cache",
        Engine: "valkey",
        EngineVersion: "8.0",
        NumCacheClusters: "2",
      });
      const member = await aws.query("elasticache", { Action: "DescribeCacheClusters", CacheClusterId: "cache-002" });
      expect(member).toContain("<EngineVersion>8.0.0</EngineVersion>");
      await aws.query("elasticache", { Action: "DeleteReplicationGroup", ReplicationGroupId: "cache" });
      const gone = await aws.form("elasticache", { Action: "DescribeReplicationGroups", ReplicationGroupId: "cache" });
      expect(gone.status).toBe(404);
      expect(await gone.text()).toContain("<Code>ReplicationGroupNotFoundFault</Code>");
    });

    it("changes what a modification names, and nothing else", async () => {
      const id = { ReplicationGroupId: "cache" };
      await aws.query("elasticache", {
        Action: "CreateReplicationGroup",
        ...id,
        SnapshotRetentionLimit: "7",
        CacheNodeType: "a",
      });
      await aws.query("elasticache", { Action: "ModifyReplicationGroup", ...id, SnapshotRetentionLimit: "3" });
      const answer = await aws.query("elasticache", { Action: "DescribeReplicationGroups", ...id });
      expect(answer).toContain("<SnapshotRetentionLimit>3<");
      expect(answer).toContain("<CacheNodeType>a<");
    });

    it("adds users to a group and takes them out", async () => {
      const id = { UserGroupId: "group" };
      await aws.query("elasticache", { Action: "CreateUserGroup", ...id, "UserIds.member.1": "a" });
      await aws.query("elasticache", {
        Action: "ModifyUserGroup",
        ...id,
        "UserIdsToAdd.member.1": "b",
        "UserIdsToRemove.member.1": "a",
      });
      const answer = await aws.query("elasticache", { Action: "DescribeUserGroups", ...id });
      expect(answer).toContain("<UserIds><member>b</member></UserIds>");
    });

    it("keeps parameters and tags", async () => {
      const group = { CacheParameterGroupName: "group" };
      await aws.query("elasticache", {
        Action: "CreateCacheParameterGroup",
        ...group,
        "Tags.Tag.1.Key": "app",
        "Tags.Tag.1.Value": "x",
      });
      await aws.query("elasticache", {
        Action: "ModifyCacheParameterGroup",
        ...group,
        "ParameterNameValues.ParameterNameValue.1.ParameterName": "maxmemory-policy",
        "ParameterNameValues.ParameterNameValue.1.ParameterValue": "allkeys-lru",
      });
      expect(await aws.query("elasticache", { Action: "DescribeCacheParameters", ...group })).toContain(
        "<ParameterValue>allkeys-lru</ParameterValue><Source>user</Source>",
      );
      const ResourceName = "arn:aws:elasticache:us-east-1:111122223333:parametergroup:group";
      expect(await aws.query("elasticache", { Action: "ListTagsForResource", ResourceName })).toContain(
        "<Tag><Key>app</Key><Value>x</Value></Tag>",
      );
    });
  });

  it("of AWS Backup keep a selection until it is deleted", async () => {
    const { SelectionId } = (await aws.rest("backup", "PUT", "/backup/plans/p/selections/", {
      BackupSelection: { SelectionName: "all" },
    })) as { SelectionId: string }; // the shape that the gap answers
    const path = `/backup/plans/p/selections/${SelectionId}`;
    expect(await aws.rest("backup", "GET", path)).toMatchObject({ BackupSelection: { SelectionName: "all" } });
    await aws.rest("backup", "DELETE", path);
    expect((await aws.call("backup", path)).status).toBe(400);
    expect(aws.received).toEqual([]);
  });

  it("of KMS tell AWS's own keys from the customer's", async () => {
    aws.answer = ({ headers }) =>
      headers["x-amz-target"] === "TrentService.ListAliases"
        ? { body: JSON.stringify({ Aliases: [{ AliasName: "alias/aws/rds" }] }) }
        : { body: JSON.stringify({ KeyMetadata: { KeyId: "k", KeyManager: "CUSTOMER" } }) };
    expect(await aws.ask("kms", "DescribeKey", { KeyId: "k" })).toEqual({
      KeyMetadata: { KeyId: "k", KeyManager: "AWS" },
    });
  });
});
