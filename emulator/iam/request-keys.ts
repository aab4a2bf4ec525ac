import { object, scalarText, type JsonValue } from "../wire/json";
import { arnIn, type ModelledCall } from "./call";

/** Where the values of a condition key are found in a call: paths of members, or a function. */
type KeySource = string | readonly string[] | ((call: ModelledCall) => readonly string[]);

const present = (member: string) => (call: ModelledCall) => (call.input[member] === undefined ? [] : ["true"]);
const onlyFor =
  (operation: RegExp, ...paths: readonly string[]) =>
  (call: ModelledCall) =>
    operation.test(call.operation) ? paths.flatMap((path) => scalarsAt(call.input, path)) : [];
const withDefault =
  (operation: RegExp, path: string, byDefault: string) =>
  (call: ModelledCall): readonly string[] => {
    const values = scalarsAt(call.input, path);
    return values.length === 0 && operation.test(call.operation) ? [byDefault] : values;
  };
const arnsOf = (prefix: string, type: string, path: string) => (call: ModelledCall) =>
  scalarsAt(call.input, path).map((value) => (value.startsWith("arn:") ? value : arnIn(call, prefix, type + value)));

/**
 * Condition keys that a request states, by prefix of actions, without the prefix.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const keys: Readonly<Record<string, Readonly<Record<string, KeySource>>>> = {
  acm: {
    CertificateAuthority: "CertificateAuthorityArn",
    CertificateTransparencyLogging: "Options.CertificateTransparencyLoggingPreference",
    DomainNames: ["DomainName", "SubjectAlternativeNames"],
    Export: "Options.Export",
    KeyAlgorithm: "KeyAlgorithm",
    ValidationMethod: "ValidationMethod",
  },
  "application-autoscaling": { "scalable-dimension": "ScalableDimension", "service-namespace": "ServiceNamespace" },
  backup: {
    ChangeableForDays: "ChangeableForDays",
    MaxRetentionDays: "MaxRetentionDays",
    MinRetentionDays: "MinRetentionDays",
  },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
  cloudwatch: {
    AlarmActions: "AlarmActions",
    namespace: onlyFor(/^PutMetricData$/, "Namespace"),
  },
  dynamodb: { ReturnConsumedCapacity: "ReturnConsumedCapacity", ReturnValues: "ReturnValues", Select: "Select" },
  ecs: {
    "account-setting": onlyFor(/AccountSetting/, "name"),
    "auto-assign-public-ip": "networkConfiguration.awsvpcConfiguration.assignPublicIp",
    "capacity-provider": [
      "capacityProviderStrategy.capacityProvider",
      "defaultCapacityProviderStrategy.capacityProvider",
    ],
    cluster: (call) => clusterOf(call),
    "compute-compatibility": "requiresCompatibilities",
    "container-instances": arnsOf("ecs", "container-instance/", "containerInstances"),
    "container-name": onlyFor(/^ExecuteCommand$/, "container"),
    "enable-ecs-managed-tags": "enableECSManagedTags",
    "enable-execute-command": "enableExecuteCommand",
    "enable-service-connect": "serviceConnectConfiguration.enabled",
    "fargate-ephemeral-storage-kms-key": "configuration.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId",
    namespace: ["serviceConnectConfiguration.namespace", "serviceConnectDefaults.namespace"],
    privileged: "containerDefinitions.privileged",
    "propagate-tags": "propagateTags",
    service: (call) => servicesOf(call),
    subnet: "networkConfiguration.awsvpcConfiguration.subnets",
    "task-cpu": ["cpu", "overrides.cpu"],
    "task-memory": ["memory", "overrides.memory"],
  },
  elasticache: {
    AtRestEncryptionEnabled: "AtRestEncryptionEnabled",
    AuthTokenEnabled: present("AuthToken"),
    AutomaticFailoverEnabled: "AutomaticFailoverEnabled",
    CacheNodeType: "CacheNodeType",
    CacheParameterGroupName: "CacheParameterGroupName",
    DataStorageUnit: "CacheUsageLimits.DataStorage.Unit",
    EngineType: "Engine",
    EngineVersion: "EngineVersion",
    KmsKeyId: "KmsKeyId",
    MaximumDataStorage: "CacheUsageLimits.DataStorage.Maximum",
    MaximumECPUPerSecond: "CacheUsageLimits.ECPUPerSecond.Maximum",
    MinimumDataStorage: "CacheUsageLimits.DataStorage.Minimum",
    MinimumECPUPerSecond: "CacheUsageLimits.ECPUPerSecond.Minimum",
    MultiAZEnabled: "MultiAZEnabled",
    NumNodeGroups: ["NumNodeGroups", "NodeGroupCount"],
    ReplicasPerNodeGroup: "ReplicasPerNodeGroup",
    SnapshotRetentionLimit: "SnapshotRetentionLimit",
    TransitEncryptionEnabled: "TransitEncryptionEnabled",
    UserAuthenticationMode: "AuthenticationMode.Type",
  },
  // https://docs.aws.amazon.com/efs/latest/ug/using-iam-to-enforce-encryption-at-rest.html
  elasticfilesystem: { Encrypted: withDefault(/^CreateFileSystem$/, "Encrypted", "false") },
  elasticloadbalancing: {
    ListenerProtocol: onlyFor(/Listener$/, "Protocol"),
    Scheme: withDefault(/^CreateLoadBalancer$/, "Scheme", "internet-facing"),
    SecurityGroup: "SecurityGroups",
    SecurityPolicy: "SslPolicy",
    Subnet: ["Subnets", "SubnetMappings.SubnetId"],
  },
  lambda: {
    CodeSigningConfigArn: "CodeSigningConfigArn",
    EventSourceToken: "EventSourceToken",
    FunctionArn: (call) =>
      call.operation.endsWith("EventSourceMapping") ? arnsOf("lambda", "function:", "FunctionName")(call) : [],
    FunctionUrlAuthType: ["AuthType", "FunctionUrlAuthType"],
    Layer: "Layers",
    Principal: "Principal",
    SecurityGroupIds: "VpcConfig.SecurityGroupIds",
    SubnetIds: "VpcConfig.SubnetIds",
  },
  logs: {
    DeliveryDestinationResourceArn: "deliveryDestinationConfiguration.destinationResourceArn",
    LogGeneratingResourceArns: onlyFor(/^PutDeliverySource$/, "resourceArn"),
  },
  rds: {
    DatabaseClass: ["DBInstanceClass", "DBClusterInstanceClass"],
    DatabaseEngine: "Engine",
    DatabaseName: ["DBName", "DatabaseName"],
    EndpointType: "EndpointType",
    ManageMasterUserPassword: "ManageMasterUserPassword",
    MultiAz: "MultiAZ",
    Piops: "Iops",
    PubliclyAccessible: "PubliclyAccessible",
    StorageEncrypted: withDefault(/^CreateDB(Instance|Cluster)$/, "StorageEncrypted", "false"),
    StorageSize: "AllocatedStorage",
  },
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html
  secretsmanager: {
    AddReplicaRegions: "AddReplicaRegions.Region",
    BlockPublicPolicy: "BlockPublicPolicy",
    Description: "Description",
    ForceDeleteWithoutRecovery: "ForceDeleteWithoutRecovery",
    ForceOverwriteReplicaSecret: "ForceOverwriteReplicaSecret",
    KmsKeyId: "KmsKeyId",
    ModifyRotationRules: present("RotationRules"),
    Name: onlyFor(/^CreateSecret$/, "Name"),
    RecoveryWindowInDays: "RecoveryWindowInDays",
    RotateImmediately: "RotateImmediately",
    RotationLambdaARN: "RotationLambdaARN",
    VersionId: "VersionId",
    // Without a version, the value is that of the current one.
    VersionStage: (call) =>
      call.operation === "GetSecretValue" && call.input.VersionId === undefined && call.input.VersionStage === undefined
        ? ["AWSCURRENT"]
        : scalarsAt(call.input, "VersionStage"),
  },
  servicediscovery: {
    NamespaceArn: arnsOf("servicediscovery", "namespace/", "NamespaceId"),
    NamespaceName: "NamespaceName",
    ServiceArn: arnsOf("servicediscovery", "service/", "ServiceId"),
    ServiceName: "ServiceName",
  },
  // https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html
  sns: { Endpoint: onlyFor(/^Subscribe$/, "Endpoint"), Protocol: onlyFor(/^Subscribe$/, "Protocol") },
  ssm: { Overwrite: onlyFor(/^PutParameter$/, "Overwrite"), Recursive: "Recursive" },
  synthetics: { Names: onlyFor(/^Describe/, "Names") },
  wafv2: {
    LogDestinationResource: "LoggingConfiguration.LogDestinationConfigs",
    LogScope: ["LogScope", "LoggingConfiguration.LogScope"],
  },
};

/** The condition keys of a service that a request states; those that it leaves out are absent. */
export function requestKeys(prefix: string, call: ModelledCall): Record<string, readonly string[]> {
  const found = Object.entries(keys[prefix] ?? {}).map(([key, source]): [string, readonly string[]] => [
    `${prefix}:${key}`,
    typeof source === "function" ? source(call) : [source].flat().flatMap((path) => scalarsAt(call.input, path)),
  ]);
  return Object.fromEntries(found.filter(([, values]) => values.length > 0));
}

/** The strings, numbers and booleans at a path of members, as text; lists on the way are walked through. */
export function scalarsAt(value: JsonValue, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => scalarsAt(each, path));
  if (path === "") return value === undefined || value === null || typeof value === "object" ? [] : [scalarText(value)];
  const [member = "", ...rest] = path.split(".");
  return scalarsAt(object(value)[member], rest.join("."));
}

function clusterOf(call: ModelledCall): string[] {
  const [cluster = "default"] = scalarsAt(call.input, "cluster");
  return [cluster.startsWith("arn:") ? cluster : arnIn(call, "ecs", `cluster/${cluster}`)];
}

function servicesOf(call: ModelledCall): string[] {
  const [cluster = ""] = clusterOf(call);
  return scalarsAt(call.input, "service").map((service) =>
    service.startsWith("arn:") ? service : `${cluster.replace(":cluster/", ":service/")}/${service}`,
  );
}
