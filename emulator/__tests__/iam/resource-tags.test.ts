import { ACMClient, DescribeCertificateCommand, RequestCertificateCommand } from "@aws-sdk/client-acm";
import { APIGatewayClient, CreateRestApiCommand, GetResourcesCommand } from "@aws-sdk/client-api-gateway";
import { ApiGatewayV2Client, CreateApiCommand, GetApiCommand } from "@aws-sdk/client-apigatewayv2";
import { BackupClient, CreateBackupVaultCommand, DescribeBackupVaultCommand } from "@aws-sdk/client-backup";
import { CloudWatchClient, DeleteAlarmsCommand, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  CreateVpcCommand,
  DeleteVpcCommand,
  EC2Client,
  ImportKeyPairCommand,
  DeleteKeyPairCommand,
} from "@aws-sdk/client-ec2";
import { CreateRepositoryCommand, DescribeRepositoriesCommand, ECRClient } from "@aws-sdk/client-ecr";
import { CreateClusterCommand, ECSClient, DeleteClusterCommand } from "@aws-sdk/client-ecs";
import { CreateFileSystemCommand, DescribeLifecycleConfigurationCommand, EFSClient } from "@aws-sdk/client-efs";
import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  CreateCacheParameterGroupCommand,
  DescribeCacheParametersCommand,
  ElastiCacheClient,
} from "@aws-sdk/client-elasticache";
import { DescribeRuleCommand, EventBridgeClient, PutRuleCommand } from "@aws-sdk/client-eventbridge";
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  GetPolicyCommand,
  GetRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { CreateKeyCommand, DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateDBParameterGroupCommand, DescribeDBParametersCommand, RDSClient } from "@aws-sdk/client-rds";
import { CreateScheduleGroupCommand, GetScheduleGroupCommand, SchedulerClient } from "@aws-sdk/client-scheduler";
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateTopicCommand, GetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, PurgeQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { CreateIPSetCommand, GetIPSetCommand, WAFV2Client } from "@aws-sdk/client-wafv2";
import { emulatorForSuite, refusal, type ClientSettings } from "../running-emulator";
import { document, sessionOf } from "./role-session";

/** Creates a resource of the name with tags, and returns a call on it. */
type Case = (aws: ClientSettings, name: string, team: string) => Promise<(session: ClientSettings) => Promise<unknown>>;

const listed = (Value: string) => [{ Key: "Team", Value }];
const mapped = (Team: string) => ({ Team });

const cases: Readonly<Record<string, Case>> = {
  "a certificate": async (aws, name, team) => {
    const input = { DomainName: `${name}.example.com`, Tags: listed(team) };
    const { CertificateArn } = await new ACMClient(aws).send(new RequestCertificateCommand(input));
    return (session) => new ACMClient(session).send(new DescribeCertificateCommand({ CertificateArn }));
  },
  "a part of a REST API": async (aws, name, team) => {
    const { id: restApiId } = await new APIGatewayClient(aws).send(
      new CreateRestApiCommand({ name, tags: mapped(team) }),
    );
    return (session) => new APIGatewayClient(session).send(new GetResourcesCommand({ restApiId }));
  },
  "an HTTP API": async (aws, Name, team) => {
    const input = { Name, ProtocolType: "HTTP" as const, Tags: mapped(team) };
    const { ApiId } = await new ApiGatewayV2Client(aws).send(new CreateApiCommand(input));
    return (session) => new ApiGatewayV2Client(session).send(new GetApiCommand({ ApiId }));
  },
  "a backup vault": async (aws, BackupVaultName, team) => {
    await new BackupClient(aws).send(new CreateBackupVaultCommand({ BackupVaultName, BackupVaultTags: mapped(team) }));
    return (session) => new BackupClient(session).send(new DescribeBackupVaultCommand({ BackupVaultName }));
  },
  "an alarm": async (aws, AlarmName, team) => {
    const input = {
      AlarmName,
      Tags: listed(team),
      Namespace: "AWS/SQS",
      MetricName: "ApproximateAgeOfOldestMessage",
      Statistic: "Maximum" as const,
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanThreshold" as const,
    };
    await new CloudWatchClient(aws).send(new PutMetricAlarmCommand(input));
    return (session) => new CloudWatchClient(session).send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] }));
  },
  "a log group": async (aws, logGroupName, team) => {
    await new CloudWatchLogsClient(aws).send(new CreateLogGroupCommand({ logGroupName, tags: mapped(team) }));
    const input = { logGroupName, retentionInDays: 7 };
    return (session) => new CloudWatchLogsClient(session).send(new PutRetentionPolicyCommand(input));
  },
  "a user pool": async (aws, PoolName, team) => {
    const input = { PoolName, UserPoolTags: mapped(team) };
    const { UserPool } = await new CognitoIdentityProviderClient(aws).send(new CreateUserPoolCommand(input));
    return (session) =>
      new CognitoIdentityProviderClient(session).send(new DescribeUserPoolCommand({ UserPoolId: UserPool?.Id }));
  },
  "a VPC": async (aws, name, team) => {
    const TagSpecifications = [{ ResourceType: "vpc" as const, Tags: listed(team) }];
    const { Vpc } = await new EC2Client(aws).send(
      new CreateVpcCommand({ CidrBlock: "10.0.0.0/16", TagSpecifications }),
    );
    return (session) => new EC2Client(session).send(new DeleteVpcCommand({ VpcId: Vpc?.VpcId }));
  },
  "a key pair": async (aws, KeyName, team) => {
    const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl shop";
    const TagSpecifications = [{ ResourceType: "key-pair" as const, Tags: listed(team) }];
    const input = { KeyName, PublicKeyMaterial: Buffer.from(key), TagSpecifications };
    await new EC2Client(aws).send(new ImportKeyPairCommand(input));
    return (session) => new EC2Client(session).send(new DeleteKeyPairCommand({ KeyName }));
  },
  "a repository": async (aws, repositoryName, team) => {
    await new ECRClient(aws).send(new CreateRepositoryCommand({ repositoryName, tags: listed(team) }));
    return (session) =>
      new ECRClient(session).send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }));
  },
  "a cluster": async (aws, clusterName, team) => {
    await new ECSClient(aws).send(new CreateClusterCommand({ clusterName, tags: [{ key: "Team", value: team }] }));
    return (session) => new ECSClient(session).send(new DeleteClusterCommand({ cluster: clusterName }));
  },
  "a file system": async (aws, CreationToken, team) => {
    const { FileSystemId } = await new EFSClient(aws).send(
      new CreateFileSystemCommand({ CreationToken, Tags: listed(team) }),
    );
    return (session) => new EFSClient(session).send(new DescribeLifecycleConfigurationCommand({ FileSystemId }));
  },
  "a target group": async (aws, Name, team) => {
    const input = { Name, TargetType: "lambda" as const, Tags: listed(team) };
    const { TargetGroups } = await new ElasticLoadBalancingV2Client(aws).send(new CreateTargetGroupCommand(input));
    const { TargetGroupArn } = TargetGroups?.[0] ?? {};
    return (session) =>
      new ElasticLoadBalancingV2Client(session).send(new DeleteTargetGroupCommand({ TargetGroupArn }));
  },
  "a cache parameter group": async (aws, CacheParameterGroupName, team) => {
    const input = {
      CacheParameterGroupName,
      CacheParameterGroupFamily: "redis7",
      Description: "shop",
      Tags: listed(team),
    };
    await new ElastiCacheClient(aws).send(new CreateCacheParameterGroupCommand(input));
    return (session) =>
      new ElastiCacheClient(session).send(new DescribeCacheParametersCommand({ CacheParameterGroupName }));
  },
  "a rule of a bus": async (aws, Name, team) => {
    const input = { Name, EventPattern: '{"source":["shop"]}', Tags: listed(team) };
    await new EventBridgeClient(aws).send(new PutRuleCommand(input));
    return (session) => new EventBridgeClient(session).send(new DescribeRuleCommand({ Name }));
  },
  "a role": async (aws, RoleName, team) => {
    const Principal = { Service: "ecs-tasks.amazonaws.com" };
    const AssumeRolePolicyDocument = document({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });
    await new IAMClient(aws).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, Tags: listed(team) }));
    return (session) => new IAMClient(session).send(new GetRoleCommand({ RoleName }));
  },
  "a managed policy": async (aws, PolicyName, team) => {
    const PolicyDocument = document({ Effect: "Allow", Action: "s3:*", Resource: "*" });
    const { Policy } = await new IAMClient(aws).send(
      new CreatePolicyCommand({ PolicyName, PolicyDocument, Tags: listed(team) }),
    );
    return (session) => new IAMClient(session).send(new GetPolicyCommand({ PolicyArn: Policy?.Arn }));
  },
  "a key": async (aws, name, team) => {
    const Tags = [{ TagKey: "Team", TagValue: team }];
    const { KeyMetadata } = await new KMSClient(aws).send(new CreateKeyCommand({ Tags }));
    return (session) => new KMSClient(session).send(new DescribeKeyCommand({ KeyId: KeyMetadata?.KeyId }));
  },
  "a parameter group of databases": async (aws, DBParameterGroupName, team) => {
    const input = {
      DBParameterGroupName,
      DBParameterGroupFamily: "postgres16",
      Description: "shop",
      Tags: listed(team),
    };
    await new RDSClient(aws).send(new CreateDBParameterGroupCommand(input));
    return (session) => new RDSClient(session).send(new DescribeDBParametersCommand({ DBParameterGroupName }));
  },
  "a schedule group": async (aws, Name, team) => {
    await new SchedulerClient(aws).send(new CreateScheduleGroupCommand({ Name, Tags: listed(team) }));
    return (session) => new SchedulerClient(session).send(new GetScheduleGroupCommand({ Name }));
  },
  "a secret": async (aws, Name, team) => {
    const input = { Name, SecretString: "secret", Tags: listed(team) };
    await new SecretsManagerClient(aws).send(new CreateSecretCommand(input));
    return (session) => new SecretsManagerClient(session).send(new GetSecretValueCommand({ SecretId: Name }));
  },
  "a topic": async (aws, Name, team) => {
    const { TopicArn } = await new SNSClient(aws).send(new CreateTopicCommand({ Name, Tags: listed(team) }));
    return (session) => new SNSClient(session).send(new GetTopicAttributesCommand({ TopicArn }));
  },
  "a queue": async (aws, QueueName, team) => {
    const { QueueUrl } = await new SQSClient(aws).send(new CreateQueueCommand({ QueueName, tags: mapped(team) }));
    return (session) => new SQSClient(session).send(new PurgeQueueCommand({ QueueUrl }));
  },
  "a parameter with a path": async (aws, name, team) => {
    const Name = `/shop/${name}`;
    await new SSMClient(aws).send(new PutParameterCommand({ Name, Value: "a", Type: "String", Tags: listed(team) }));
    return (session) => new SSMClient(session).send(new GetParameterCommand({ Name }));
  },
  "an IP set": async (aws, Name, team) => {
    const input = { Name, Scope: "REGIONAL" as const, IPAddressVersion: "IPV4" as const, Addresses: [] };
    const { Summary } = await new WAFV2Client(aws).send(new CreateIPSetCommand({ ...input, Tags: listed(team) }));
    return (session) =>
      new WAFV2Client(session).send(new GetIPSetCommand({ Name, Scope: "REGIONAL", Id: Summary?.Id }));
  },
};

describe("aws:ResourceTag in a policy", () => {
  const aws = emulatorForSuite();
  let session: Promise<ClientSettings> | undefined;
  const sessionOfTeam = () => {
    const Condition = { StringEquals: { "aws:ResourceTag/Team": "shop" } };
    session ??= sessionOf(aws, "shop", { Effect: "Allow", Action: "*", Resource: "*", Condition });
    return session;
  };

  it.each(Object.entries(cases))("has the tags of %s", async (_, create) => {
    const own = await create(aws.client(), "own", "shop");
    const other = await create(aws.client(), "other", "orders");
    const team = await sessionOfTeam();
    expect(await refusal(own(team))).toBe("");
    expect(await refusal(other(team))).toMatch(
      /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError)$/,
    );
  });
});
