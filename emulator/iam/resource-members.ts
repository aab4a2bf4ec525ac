import { object, text, type JsonObject } from "../wire/json";
import { stringsAt } from "./input";

/** Where the value of a variable in an ARN is found in the input of a call. */
export type Source = string | ((input: JsonObject) => readonly string[]);

const lastSegment = (path: string) => (input: JsonObject) =>
  stringsAt(input, path).map((value) => value.slice(value.lastIndexOf("/") + 1));
const joined = (name: string) => (input: JsonObject) =>
  stringsAt(input, name).map((value) => `${text(input.Path).replace(/^\//, "")}${value}`);
const from = (path: string, change: (value: string) => string | undefined) => (input: JsonObject) =>
  stringsAt(input, path).flatMap((value) => change(value) ?? []);
const part = (separator: string, index: number) => (value: string) =>
  value.startsWith("arn:") ? undefined : value.split(separator)[index];
const unless = (path: string, value: string) => from(path, (each) => (each === value ? undefined : each));

/**
 * Members of inputs for variables of ARNs whose names differ, by prefix of actions. A variable that is not listed is
 * taken from the member with its name, in singular or plural.
 */
export const members: Readonly<Record<string, Readonly<Record<string, readonly Source[]>>>> = {
  // Application Auto Scaling generates the ids in its ARNs: its ResourceId is the id of the scaled resource.
  "application-autoscaling": { ResourceId: [] },
  budgets: { BudgetName: ["BudgetName", "Budget.BudgetName", "NewBudget.BudgetName"] },
  cloudwatch: {
    InsightRuleName: ["RuleName", "RuleNames"],
    MetricStreamName: ["Name", "Names"],
  },
  codedeploy: {
    DeploymentConfigurationName: ["deploymentConfigName"],
    DeploymentGroupName: ["deploymentGroupName", "deploymentGroupNames", "currentDeploymentGroupName"],
  },
  "cognito-idp": { UserPoolId: ["UserPoolId"] },
  dynamodb: {
    TableName: [
      "TableName",
      keysOf("RequestItems"),
      ...["SourceTableName", "TargetTableName", "TableCreationParameters.TableName"],
    ],
  },
  ec2: { KeyPairName: ["KeyName"] },
  ecs: {
    CapacityProviderName: [lastSegment("capacityProvider"), lastSegment("capacityProviders"), "name"],
    ClusterName: [lastSegment("cluster"), lastSegment("clusters"), "clusterName"],
    ContainerInstanceId: [lastSegment("containerInstance"), lastSegment("containerInstances")],
    ServiceName: [lastSegment("service"), lastSegment("services"), "serviceName"],
    TaskDefinitionFamilyName: ["family", from("taskDefinition", part(":", 0)), from("taskDefinitions", part(":", 0))],
    TaskDefinitionRevisionNumber: [from("taskDefinition", part(":", 1)), from("taskDefinitions", part(":", 1))],
    TaskId: [lastSegment("task"), lastSegment("tasks")],
    TaskSetId: [lastSegment("taskSet"), lastSegment("taskSets")],
  },
  elasticloadbalancing: { TargetGroupName: ["Name"] },
  elasticfilesystem: {
    AccessPointId: ["AccessPointId", from("ResourceId", (id) => (id.startsWith("fsap-") ? id : undefined))],
    FileSystemId: [
      "FileSystemId",
      "SourceFileSystemId",
      from("ResourceId", (id) => (id.startsWith("fs-") ? id : undefined)),
    ],
  },
  elasticache: {
    CacheParameterGroupName: ["CacheParameterGroupName", "CacheParameterGroupNames"],
    CacheSecurityGroupName: ["CacheSecurityGroupNames"],
    ServerlessCacheSnapshotName: [
      ...["ServerlessCacheSnapshotName", "FinalSnapshotName"],
      ...["SourceServerlessCacheSnapshotName", "TargetServerlessCacheSnapshotName"],
    ],
    SnapshotName: ["SnapshotName", "FinalSnapshotIdentifier", "SourceSnapshotName", "TargetSnapshotName"],
    UserGroupId: ["UserGroupId", "UserGroupIds", "UserGroupIdsToAdd", "UserGroupIdsToRemove"],
    UserId: ["UserId", "UserIds", "UserIdsToAdd", "UserIdsToRemove"],
  },
  events: {
    ApiDestinationName: ["Name"],
    ConnectionName: ["Name"],
    EndpointName: ["Name"],
    EventBusName: [unless("EventBusName", "default")],
    RuleName: ["Name", "Rule"],
  },
  iam: {
    GroupNameWithPath: [joined("GroupName")],
    InstanceProfileNameWithPath: [joined("InstanceProfileName")],
    OidcProviderName: [from("Url", (url) => url.replace(/^https:\/\//, ""))],
    PolicyNameWithPath: [joined("PolicyName")],
    RoleNameWithPath: [joined("RoleName")],
    UserNameWithPath: [joined("UserName")],
  },
  kms: { KeyId: [from("KeyId", (id) => (id.includes("alias/") ? undefined : id))] },
  lambda: { LayerVersion: [numbers("VersionNumber")] },
  logs: {
    DeliveryDestinationName: ["name", "deliveryDestinationName"],
    DeliveryName: ["id"],
    DeliverySourceName: ["name", "deliverySourceName"],
    LogGroupName: ["logGroupName", "logGroupIdentifier", "logGroupNames", "logGroupIdentifiers"],
    LogStreamName: ["logStreamName"],
    ScheduledQueryId: ["identifier"],
  },
  rds: {
    ClusterParameterGroupName: [
      ...["DBClusterParameterGroupName", "SourceDBClusterParameterGroupIdentifier"],
      "TargetDBClusterParameterGroupIdentifier",
    ],
    ClusterSnapshotName: [
      ...["DBClusterSnapshotIdentifier", "SourceDBClusterSnapshotIdentifier", "TargetDBClusterSnapshotIdentifier"],
    ],
    DbClusterEndpoint: ["DBClusterEndpointIdentifier"],
    DbClusterInstanceName: ["DBClusterIdentifier", "DBClusterIdentifiers"],
    DbInstanceName: ["DBInstanceIdentifier", "DBInstanceIdentifiers"],
    GlobalCluster: ["GlobalClusterIdentifier"],
    OptionGroupName: ["OptionGroupName", "SourceOptionGroupIdentifier", "TargetOptionGroupIdentifier"],
    ParameterGroupName: [
      ...["DBParameterGroupName", "SourceDBParameterGroupIdentifier", "TargetDBParameterGroupIdentifier"],
    ],
    SecurityGroupName: ["DBSecurityGroups"],
    SnapshotName: ["DBSnapshotIdentifier", "SourceDBSnapshotIdentifier", "TargetDBSnapshotIdentifier"],
    SubnetGroupName: ["DBSubnetGroupName"],
    // Terraform names proxies; their ARNs contain ids, which are looked up.
    DbProxyId: [],
    TargetGroupId: [],
  },
  route53: { Id: [lastSegment("HostedZoneId"), lastSegment("HealthCheckId"), lastSegment("Id")] },
  s3: { AccessPointName: ["Name"], BucketName: ["Bucket"], ObjectName: ["Key", "Delete.Objects.Key"] },
  scheduler: { ScheduleName: ["Name"] },
  secretsmanager: {
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html: six random characters
    SecretId: [
      from("Name", (name) => `${name}-??????`),
      from("SecretId", (id) => (id.startsWith("arn:") ? undefined : id)),
    ],
  },
  servicediscovery: {
    NamespaceId: ["NamespaceId", "DnsConfig.NamespaceId", "Id"],
    ServiceId: ["ServiceId", "Id"],
  },
  sns: { TopicName: ["Name"] },
  sqs: { QueueName: ["QueueName", lastSegment("QueueUrl")] },
  ssm: {
    DocumentName: ["Name"],
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html: a path ends as it is sent
    ParameterNameWithoutLeadingSlash: [
      ...[from("Name", withoutSlash), from("Names", withoutSlash), from("Path", withoutSlash)],
    ],
    PatchBaselineIdResourceId: ["BaselineId"],
    ResourceId: ["OpsItemId", "ResourceId", "WindowId", from("SettingId", withoutSlash)],
  },
  synthetics: { CanaryName: ["Name"], GroupId: ["GroupIdentifier"] },
  xray: { SamplingRuleName: ["RuleName", "SamplingRule.RuleName", "SamplingRuleUpdate.RuleName"] },
  wafv2: { Scope: [from("Scope", (scope) => (scope === "CLOUDFRONT" ? "global" : "regional"))] },
};

/** What a variable is when a call leaves it out, by prefix of actions. */
export const defaults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ecs: { ClusterName: "default" },
  scheduler: { GroupName: "default" },
};

/** What a variable is when a call that creates a resource leaves it out, by prefix of actions. */
export const defaultsOfNew: typeof defaults = {
  // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.html
  elasticache: { CacheParameterGroupName: "default.*" },
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithOptionGroups.html, also for parameter groups
  rds: { ClusterParameterGroupName: "default.*", OptionGroupName: "default:*", ParameterGroupName: "default.*" },
};

function keysOf(member: string): (input: JsonObject) => readonly string[] {
  return (input) => Object.keys(object(input[member]));
}

function numbers(member: string): (input: JsonObject) => readonly string[] {
  return ({ [member]: value }) => (typeof value === "number" ? [String(value)] : []);
}

function withoutSlash(name: string): string {
  return name.replace(/^\//, "");
}
