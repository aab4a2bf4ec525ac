import { fakeAwsForEachTest, xml } from "../fake-aws";

describe("the gaps of data services", () => {
  const aws = fakeAwsForEachTest();

  describe("S3", () => {
    const deny = { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } };
    const allow = { Effect: "Allow", Principal: "*" };

    it("returns a policy as it was sent, and sends moto no Deny statement with a condition", async () => {
      const policy = JSON.stringify({ Version: "2012-10-17", Statement: [deny, allow] });
      await aws.call("s3", "/bucket?policy", { method: "PUT", body: policy });
      expect(JSON.parse(aws.received[0]?.body.toString() ?? "")).toEqual({ Version: "2012-10-17", Statement: [allow] });
      expect(await (await aws.call("s3", "/bucket?policy")).text()).toBe(policy);
    });

    it("returns the policy of a bucket whether or not a slash follows its name", async () => {
      const policy = JSON.stringify({ Statement: [deny, allow] });
      await aws.call("s3", "/bucket?policy", { method: "PUT", body: policy });
      expect(await (await aws.call("s3", "/bucket/?policy=")).text()).toBe(policy);
      expect(await (await aws.call("s3", "/other/?policy=")).text()).not.toBe(policy);
    });

    it("deletes moto's policy when only Deny statements with a condition are left", async () => {
      await aws.call("s3", "/bucket?policy", { method: "PUT", body: JSON.stringify({ Statement: [deny] }) });
      expect(aws.received.map(({ method }) => method)).toEqual(["DELETE"]);
    });

    it("returns that a bucket notifies EventBridge", async () => {
      aws.reply = xml("<NotificationConfiguration/>");
      const body = "<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>";
      await aws.call("s3", "/bucket?notification", { method: "PUT", body });
      expect(await (await aws.call("s3", "/bucket?notification")).text()).toContain("<EventBridgeConfiguration/>");
    });
  });

  describe("SQS", () => {
    const QueueUrl = "http://127.0.0.1:4000/111122223333/queue";

    it("stores the redrive allow policy, and returns it when it is requested", async () => {
      aws.reply = { body: JSON.stringify({ Attributes: { QueueArn: "arn:queue" } }) };
      await aws.json("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { RedriveAllowPolicy: "{}" } });
      expect(aws.received.at(-1)?.body.toString()).not.toContain("RedriveAllowPolicy");
      const input = { QueueUrl, AttributeNames: ["RedriveAllowPolicy"] };
      expect(await aws.json("sqs", "GetQueueAttributes", input)).toEqual({ Attributes: { RedriveAllowPolicy: "{}" } });
      expect(await aws.json("sqs", "GetQueueAttributes", { QueueUrl, AttributeNames: ["All"] })).toEqual({
        Attributes: { QueueArn: "arn:queue", RedriveAllowPolicy: "{}" },
      });
    });

    it("keeps the policy of a queue through every other change, also through a concurrent one", async () => {
      const policy = async () => {
        const input = { QueueUrl, AttributeNames: ["Policy"] };
        return aws.json("sqs", "GetQueueAttributes", input);
      };
      aws.reply = { body: "{}" };
      await aws.json("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy: '{"Id":"own"}' } });
      await aws.json("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { VisibilityTimeout: "90" } });
      expect(await policy()).toEqual({ Attributes: { Policy: '{"Id":"own"}' } });
      aws.reply = { body: JSON.stringify({ Attributes: { Policy: "of a concurrent change" } }) };
      await Promise.all([
        aws.json("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { RedriveAllowPolicy: "" } }),
        aws.json("sqs", "SetQueueAttributes", { QueueUrl, Attributes: { Policy: "" } }),
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

    it("returns another resource id for each instance, and filters by it", async () => {
      aws.reply = instances("one", "two");
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

    it("returns the last settings of Performance Insights and enhanced monitoring", async () => {
      const identity = { DBInstanceIdentifier: "one" };
      await aws.query("rds", {
        Action: "CreateDBInstance",
        ...identity,
        EnablePerformanceInsights: "true",
        MonitoringInterval: "30",
      });
      aws.reply = instances("one");
      await aws.query("rds", { Action: "ModifyDBInstance", ...identity, MonitoringInterval: "60" });
      const described = await aws.query("rds", { Action: "DescribeDBInstances" });
      expect(described).toContain("<PerformanceInsightsEnabled>true<");
      expect(described).toContain("<PerformanceInsightsRetentionPeriod>7<");
      expect(described).toContain("<MonitoringInterval>60<");
    });

    it("returns that an instance has no Performance Insights", async () => {
      aws.reply = instances("one");
      await aws.query("rds", { Action: "CreateDBInstance", DBInstanceIdentifier: "one" });
      expect(await aws.query("rds", { Action: "DescribeDBInstances" })).toContain("<PerformanceInsightsEnabled>false<");
    });

    it("returns user as the source of a parameter", async () => {
      aws.reply = xml(
        "<R><DescribeDBParametersResult><Parameters><Parameter><ParameterName>a</ParameterName></Parameter></Parameters></DescribeDBParametersResult></R>",
      );
      expect(await aws.query("rds", { Action: "DescribeDBParameters" })).toContain("<Source>user</Source>");
    });
  });

  describe("ElastiCache", () => {
    it("describes the clusters of a replication group, and none after its deletion", async () => {
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
      const deleted = await aws.queryResponse("elasticache", {
        Action: "DescribeReplicationGroups",
        ReplicationGroupId: "cache",
      });
      expect(deleted.status).toBe(404);
      expect(await deleted.text()).toContain("<Code>ReplicationGroupNotFoundFault</Code>");
    });

    it("modifies only the parameters that a modification names", async () => {
      const id = { ReplicationGroupId: "cache" };
      await aws.query("elasticache", {
        Action: "CreateReplicationGroup",
        ...id,
        SnapshotRetentionLimit: "7",
        CacheNodeType: "a",
      });
      await aws.query("elasticache", { Action: "ModifyReplicationGroup", ...id, SnapshotRetentionLimit: "3" });
      const described = await aws.query("elasticache", { Action: "DescribeReplicationGroups", ...id });
      expect(described).toContain("<SnapshotRetentionLimit>3<");
      expect(described).toContain("<CacheNodeType>a<");
    });

    it("adds users to a user group and removes them", async () => {
      const id = { UserGroupId: "group" };
      await aws.query("elasticache", { Action: "CreateUserGroup", ...id, "UserIds.member.1": "a" });
      await aws.query("elasticache", {
        Action: "ModifyUserGroup",
        ...id,
        "UserIdsToAdd.member.1": "b",
        "UserIdsToRemove.member.1": "a",
      });
      const described = await aws.query("elasticache", { Action: "DescribeUserGroups", ...id });
      expect(described).toContain("<UserIds><member>b</member></UserIds>");
    });

    it("returns parameters and tags of a parameter group", async () => {
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

  it("AWS Backup returns a selection until its deletion", async () => {
    const { SelectionId } = (await aws.rest("backup", "PUT", "/backup/plans/p/selections/", {
      BackupSelection: { SelectionName: "all" },
    })) as { SelectionId: string }; // the shape of the reply
    const path = `/backup/plans/p/selections/${SelectionId}`;
    expect(await aws.rest("backup", "GET", path)).toMatchObject({ BackupSelection: { SelectionName: "all" } });
    await aws.rest("backup", "DELETE", path);
    expect((await aws.call("backup", path)).status).toBe(400);
    expect(aws.received).toEqual([]);
  });

  it("KMS describes AWS managed keys as such", async () => {
    aws.reply = ({ headers }) =>
      headers["x-amz-target"] === "TrentService.ListAliases"
        ? { body: JSON.stringify({ Aliases: [{ AliasName: "alias/aws/rds" }] }) }
        : { body: JSON.stringify({ KeyMetadata: { KeyId: "k", KeyManager: "CUSTOMER" } }) };
    expect(await aws.json("kms", "DescribeKey", { KeyId: "k" })).toEqual({
      KeyMetadata: { KeyId: "k", KeyManager: "AWS" },
    });
  });
});
