import { DescribeBackupVaultCommand } from "@aws-sdk/client-backup";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DescribeInstanceConnectEndpointsCommand, DescribeKeyPairsCommand } from "@aws-sdk/client-ec2";
import {
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  DescribeCacheClustersCommand,
  DescribeReplicationGroupsCommand,
  DescribeServerlessCachesCommand,
  DescribeUsersCommand,
} from "@aws-sdk/client-elasticache";
import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeDBProxyTargetsCommand,
} from "@aws-sdk/client-rds";
import { DescribeSecretCommand, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns";
import type { StageInput } from "../../schema";
import { backupsOf } from "./aws/backups";
import { clientsOf, type Clients } from "./aws/clients";
import { connectionsOf } from "./aws/connections";
import { instanceOf } from "./aws/instances";
import { auroraStage, changedAuroraStage } from "./engines/aurora-stage";
import { createExistingResources, type ExistingResources } from "./engines/existing-resources";
import { redisStage } from "./engines/redis-stage";
import { applyPlanned, expectNoChanges, plannedChanges } from "./plan";
import { Sandbox } from "./sandbox";

const region = "us-east-1";
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:111122223333:${resource}`;
const [aurora, redis] = [`aurora-${region}`, `redis-${region}`];
const stacks = [aurora, redis];
const webhook = { TF_VAR_chat_webhook_url: "https://chat.example.com/hooks/secret" };

describe("a stage with Aurora and a serverless cache, and a stage with a replication group of Redis", () => {
  let sandbox: Sandbox;
  let aws: Clients;
  let existing: ExistingResources;
  let before: string[];

  const write = (stage: string, content: Partial<StageInput>) => {
    const text = JSON.stringify({ ...content, stage, region });
    const source = `import { defaults } from "../defaults";\nexport default { ...defaults, ...${text} };\n`;
    sandbox.write(`config/dev/${stage}/${region}-${stage}.ts`, source);
  };

  beforeAll(async () => {
    sandbox = await Sandbox.start("dev");
    aws = clientsOf(sandbox.emulator.endpoint, region);
    existing = await createExistingResources(sandbox);
    before = await sandbox.leftovers();
    write("aurora", auroraStage(existing));
    write("redis", redisStage);
    await sandbox.synthesize();
    // Terraform mostly waits, so that the stacks are deployed in parallel.
    await Promise.all(stacks.map((stack) => sandbox.deploy(stack, webhook)));
  });
  afterAll(() => sandbox.stop());

  it.each(stacks)("plan nothing more, as %s", async (stack) => {
    await expectNoChanges(sandbox, stack, webhook);
  });

  it("have an Aurora cluster with a writer, a reader and limits of its capacity", async () => {
    const { DBClusters: [cluster] = [] } = await aws.rds.send(new DescribeDBClustersCommand({}));
    expect(cluster).toMatchObject({
      DBClusterIdentifier: "appname-postgres-aurora",
      Engine: "aurora-postgresql",
      DatabaseName: "shop",
      MasterUsername: "shopowner",
      BackupRetentionPeriod: 3,
      ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 8 },
      DBClusterMembers: [{ IsClusterWriter: true }, { IsClusterWriter: false }],
    });
  });

  it("have a proxy whose target is the cluster", async () => {
    const { Targets = [] } = await aws.rds.send(
      new DescribeDBProxyTargetsCommand({ DBProxyName: "appname-postgres-proxy-aurora" }),
    );
    expect(Targets.map(({ RdsResourceId }) => RdsResourceId)).toContain("appname-postgres-aurora");
  });

  it("have a database whose services sign in with IAM", async () => {
    const { DBInstances: [database] = [] } = await aws.rds.send(
      new DescribeDBInstancesCommand({ DBInstanceIdentifier: "appname-postgres-redis" }),
    );
    expect(database).toMatchObject({
      Engine: "postgres",
      DBName: "shop",
      IAMDatabaseAuthenticationEnabled: true,
      AutoMinorVersionUpgrade: false,
      PerformanceInsightsEnabled: false,
    });
  });

  it("have a serverless cache of Redis with limits", async () => {
    const { ServerlessCaches = [] } = await aws.elastiCache.send(new DescribeServerlessCachesCommand({}));
    expect(ServerlessCaches).toMatchObject([
      {
        ServerlessCacheName: "appname-cache-aurora",
        Status: "available",
        Engine: "redis",
        CacheUsageLimits: { DataStorage: { Maximum: 10, Unit: "GB" }, ECPUPerSecond: { Maximum: 10000 } },
      },
    ]);
  });

  it("have a replication group with two replicas, all of Redis 7.0", async () => {
    const { ReplicationGroups = [] } = await aws.elastiCache.send(new DescribeReplicationGroupsCommand({}));
    expect(ReplicationGroups).toMatchObject([
      { ReplicationGroupId: "appname-cache-redis", Status: "available", AutomaticFailover: "enabled" },
    ]);
    const { CacheClusters = [] } = await aws.elastiCache.send(new DescribeCacheClustersCommand({}));
    const engines = CacheClusters.map(({ Engine, EngineVersion }) => `${Engine ?? ""} ${EngineVersion ?? ""}`);
    expect(engines).toEqual(["redis 7.0.0", "redis 7.0.0", "redis 7.0.0"]);
  });

  it("have users of Redis that sign in with IAM, and default users without any access", async () => {
    const { Users = [] } = await aws.elastiCache.send(new DescribeUsersCommand({}));
    const access = Users.map(({ UserId, Authentication, AccessString }) => [
      UserId,
      Authentication?.Type,
      AccessString,
    ]);
    expect(access.sort()).toEqual([
      ["appname-default-aurora", "no-password", "off -@all"],
      ["appname-default-redis", "no-password", "off -@all"],
      ["appname-services-aurora", "iam", "on ~* +@all"],
      ["appname-services-redis", "iam", "on ~* +@all"],
    ]);
  });

  it("have a secret that a function rotates, with a value", async () => {
    const SecretId = "appname/aurora/stripe";
    expect(await aws.secretsManager.send(new DescribeSecretCommand({ SecretId }))).toMatchObject({
      RotationEnabled: true,
      RotationLambdaARN: existing.rotationFunction,
      RotationRules: { AutomaticallyAfterDays: 30 },
    });
    const { SecretString } = await aws.secretsManager.send(new GetSecretValueCommand({ SecretId }));
    expect(SecretString).toMatch(/^[A-Za-z0-9]{64}$/);
  });

  it("have backups of the cluster, copied to another region, in a locked vault", async () => {
    const { rules, resources } = await backupsOf(aws, "appname-backups-aurora");
    expect(resources).toEqual([arn("rds", "cluster:appname-postgres-aurora")]);
    expect(rules).toMatchObject([
      { RuleName: "daily", Lifecycle: { DeleteAfterDays: 14 } },
      {
        RuleName: "weekly",
        Lifecycle: { DeleteAfterDays: 60 },
        CopyActions: [{ DestinationBackupVaultArn: existing.vault, Lifecycle: { DeleteAfterDays: 30 } }],
      },
    ]);
    const vault = new DescribeBackupVaultCommand({ BackupVaultName: "appname-backups-aurora" });
    expect(await aws.backup.send(vault)).toMatchObject({ Locked: true, MinRetentionDays: 7, MaxRetentionDays: 90 });
  });

  it("have backups of database, uploads and tables", async () => {
    const { resources } = await backupsOf(aws, "appname-backups-redis");
    expect(resources.toSorted()).toEqual([
      arn("dynamodb", "table/appname-lines-redis"),
      arn("dynamodb", "table/appname-users-redis"),
      arn("rds", "db:appname-postgres-redis"),
      expect.stringMatching(/^arn:aws:s3:::appname-uploads-redis/),
    ]);
  });

  it("have an alarm of each topic, which notifies the subscriber of the alarms", async () => {
    const TopicArn = arn("sns", "appname-alarms-aurora");
    const AlarmNames = ["sold", "returned"].map((topic) => `appname-${topic}-topic-notifications-failed-aurora`);
    const { MetricAlarms = [] } = await aws.cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames }));
    expect(MetricAlarms.map(({ Dimensions, AlarmActions }) => [Dimensions?.[0]?.Value, AlarmActions]).sort()).toEqual([
      ["appname-returned-topic-aurora", [TopicArn]],
      ["appname-sold-topic-aurora", [TopicArn]],
    ]);
    const { Subscriptions = [] } = await aws.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions.map(({ Protocol, Endpoint }) => [Protocol, Endpoint])).toEqual([
      ["email", "on-call@example.com"],
    ]);
  });

  it("have a target group that deregisters tasks for an hour, AWS's maximum", async () => {
    const { TargetGroups = [] } = await aws.elb.send(new DescribeTargetGroupsCommand({}));
    const delays = TargetGroups.map(async ({ TargetGroupArn, HealthCheckPath }) => {
      const { Attributes = [] } = await aws.elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }));
      const delay = Attributes.find(({ Key }) => Key === "deregistration_delay.timeout_seconds");
      return [HealthCheckPath, delay?.Value];
    });
    expect(await Promise.all(delays)).toContainEqual(["/ready", "3600"]);
  });

  it("have a bastion with a key pair and a public address, which the listed ranges reach", async () => {
    const { KeyPairs = [] } = await aws.ec2.send(new DescribeKeyPairsCommand({}));
    expect(KeyPairs.map(({ KeyName, KeyType }) => [KeyName, KeyType])).toEqual([["appname-bastion-aurora", "ed25519"]]);
    expect(await instanceOf(aws, "appname-bastion-aurora")).toMatchObject({
      keyName: "appname-bastion-aurora",
      isPublic: true,
    });
    expect(await toBastion()).toEqual(["198.51.100.0/24 -> bastion : 22", "203.0.113.7/32 -> bastion : 22"]);
  });

  it("change only the bastion and the access to the database, to an endpoint of Instance Connect and IAM", async () => {
    write("aurora", changedAuroraStage(existing));
    await sandbox.synthesize();
    const changes = await plannedChanges(sandbox, aurora, webhook);
    const ofBastionOrProxy =
      /^\S+ aws_\w+\.(bastion|data_postgres|monitoring_data_postgres_proxy|services_orders_to_postgres)(_|$)/;
    expect(changes.filter((change) => !ofBastionOrProxy.test(change))).toEqual([
      "delete/create aws_ecs_task_definition.services_orders",
      "update aws_cloudwatch_event_rule.monitoring_alarm_states_1",
      "update aws_cloudwatch_event_rule.monitoring_alarm_states_2",
      "update aws_ecs_service.services_orders",
      "update aws_iam_role_policy.services_orders_task",
    ]);
    await applyPlanned(sandbox, aurora);
    await expectNoChanges(sandbox, aurora, webhook);
  });

  it("have then a bastion without a key pair or public address, which the endpoint reaches", async () => {
    const { KeyPairs } = await aws.ec2.send(new DescribeKeyPairsCommand({}));
    expect(KeyPairs).toEqual([]);
    expect(await instanceOf(aws, "appname-bastion-aurora")).toMatchObject({ keyName: undefined, isPublic: false });
    const { InstanceConnectEndpoints } = await aws.ec2.send(new DescribeInstanceConnectEndpointsCommand({}));
    expect(InstanceConnectEndpoints).toMatchObject([{ State: "create-complete", PreserveClientIp: false }]);
    expect(await toBastion()).toEqual(["bastion-endpoint -> bastion : 22"]);
  });

  async function toBastion(): Promise<string[]> {
    const { ingress } = await connectionsOf(aws, "aurora");
    return ingress.filter((connection) => connection.includes("-> bastion :"));
  }

  it("leave only a final snapshot and the log of the rotation behind after they are destroyed", async () => {
    await Promise.all(
      stacks.map((stack) => sandbox.terraform(stack, ["destroy", "-auto-approve", "-input=false"], webhook)),
    );
    const left = (await sandbox.leftovers()).filter((resource) => !before.includes(resource));
    expect(left.sort()).toEqual(["DB snapshot appname-postgres-redis-final", "Log group /aws/lambda/rotation"]);
    expect(sandbox.emulator.unanswered).toEqual([]);
  });
});
