import { object, text, type JsonObject } from "../wire/json";
import { arnIn, partitionOf, type ModelledCall, type Requirement } from "./call";
import { ec2Arn } from "./ec2-ids";
import { hasMember, stringsAt } from "./input";

type Resource = (call: ModelledCall) => readonly string[];

/** Actions that a service calls with the caller's permissions. */
interface Dependency {
  /** Operations, as "<model>:<operation>". */
  readonly of: readonly string[];
  /** @default - every call needs the actions */
  readonly when?: (input: JsonObject) => boolean;
  /** Actions with the resources that they are called on. */
  readonly needs: Readonly<Record<string, Resource>>;
}

const everything: Resource = () => ["*"];
const any =
  (service: string, resource: string): Resource =>
  (call) => [arnIn(call, service, resource)];
const zones: Resource = ({ region }) => [`arn:${partitionOf(region)}:route53:::hostedzone/*`];
const inInput =
  (path: string, service: string): Resource =>
  ({ input }) =>
    stringsAt(input, path).filter((arn) => arn.split(":")[2] === service);
const keys: Resource = (call) => {
  const [key] = stringsAt(call.input, "EncryptionKeyArn");
  return [key ?? arnIn(call, "kms", "key/*")];
};
const subnet: Resource = (call) => [
  ...stringsAt(call.input, "SubnetId").map((id) => ec2Arn(call, "subnet", id)),
  ...stringsAt(call.input, "SecurityGroups").map((id) => ec2Arn(call, "security-group", id)),
  ec2Arn(call, "network-interface", "*"),
];

const logDelivery: Dependency["needs"] = {
  "logs:CreateLogDelivery": everything,
  "logs:DescribeLogGroups": any("logs", "log-group::log-stream:"),
  "logs:DescribeResourcePolicies": everything,
  "logs:PutResourcePolicy": everything,
};

/** What the published list of actions does not say. Each entry names its source. */
const dependencies: readonly Dependency[] = [
  {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
    of: ["apigatewayv2:CreateStage", "apigatewayv2:UpdateStage"],
    when: (input) => text(object(input.AccessLogSettings).DestinationArn) !== "",
    needs: logDelivery,
  },
  {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/grant-permissions-to-create-vpclink.html
    of: ["apigateway:CreateVpcLink"],
    needs: {
      "ec2:CreateVpcEndpointServiceConfiguration": any("ec2", "vpc-endpoint-service/*"),
      "ec2:DescribeVpcEndpointServiceConfigurations": everything,
      "ec2:ModifyVpcEndpointServicePermissions": any("ec2", "vpc-endpoint-service/*"),
      "elasticloadbalancing:DescribeLoadBalancers": everything,
    },
  },
  {
    of: ["apigateway:DeleteVpcLink"],
    needs: { "ec2:DeleteVpcEndpointServiceConfigurations": any("ec2", "vpc-endpoint-service/*") },
  },
  {
    // https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_id-based-policy-examples.html
    of: ["application-autoscaling:PutScalingPolicy"],
    when: ({ PolicyType: type }) => type === "TargetTrackingScaling",
    needs: { "cloudwatch:PutMetricAlarm": any("cloudwatch", "alarm:TargetTracking-*") },
  },
  {
    of: ["application-autoscaling:DeleteScalingPolicy"],
    needs: { "cloudwatch:DeleteAlarms": any("cloudwatch", "alarm:TargetTracking-*") },
  },
  {
    // https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html#backup-api-permissions-ref
    of: ["backup:CreateBackupVault"],
    needs: {
      "backup-storage:MountCapsule": everything,
      "kms:CreateGrant": keys,
      "kms:Decrypt": keys,
      "kms:GenerateDataKey": keys,
      "kms:RetireGrant": keys,
    },
  },
  {
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html: CreateVpcEndpoint
    of: ["ec2:CreateVpcEndpoint"],
    when: ({ VpcEndpointType: type, PrivateDnsEnabled: enabled }) => type === "Interface" && enabled !== false,
    needs: { "route53:AssociateVPCWithHostedZone": zones },
  },
  {
    // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html
    of: ["ec2:CreateFlowLogs"],
    when: ({ LogDestinationType: type }) => type === "s3",
    needs: { "logs:CreateLogDelivery": everything },
  },
  {
    // https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html
    of: ["efs:CreateMountTarget"],
    needs: {
      "ec2:CreateNetworkInterface": subnet,
      "ec2:DescribeNetworkInterfaces": everything,
      "ec2:DescribeSubnets": everything,
    },
  },
  {
    // https://docs.aws.amazon.com/efs/latest/ug/API_DeleteMountTarget.html
    of: ["efs:DeleteMountTarget"],
    needs: { "ec2:DeleteNetworkInterface": any("ec2", "network-interface/*") },
  },
  {
    // https://docs.aws.amazon.com/efs/latest/ug/API_ModifyMountTargetSecurityGroups.html
    of: ["efs:ModifyMountTargetSecurityGroups"],
    needs: { "ec2:ModifyNetworkInterfaceAttribute": any("ec2", "network-interface/*") },
  },
  {
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html
    of: ["events:CreateConnection"],
    needs: {
      "secretsmanager:CreateSecret": any("secretsmanager", "secret:events!connection/*"),
      "secretsmanager:GetSecretValue": any("secretsmanager", "secret:events!connection/*"),
      "secretsmanager:PutSecretValue": any("secretsmanager", "secret:events!connection/*"),
    },
  },
  {
    of: ["events:UpdateConnection"],
    when: (input) => hasMember(input, "AuthParameters"),
    needs: { "secretsmanager:UpdateSecret": any("secretsmanager", "secret:events!connection/*") },
  },
  {
    of: ["events:DeleteConnection"],
    needs: { "secretsmanager:DeleteSecret": any("secretsmanager", "secret:events!connection/*") },
  },
  {
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-permissions
    of: ["CreateDBCluster", "CreateDBInstance", "ModifyDBCluster", "ModifyDBInstance"].map((name) => `rds:${name}`),
    when: ({ ManageMasterUserPassword: managed }) => managed === true,
    needs: {
      "kms:DescribeKey": any("kms", "key/*"),
      "secretsmanager:CreateSecret": any("secretsmanager", "secret:rds!*"),
      "secretsmanager:TagResource": any("secretsmanager", "secret:rds!*"),
    },
  },
  {
    // https://docs.aws.amazon.com/cloud-map/latest/dg/security_iam_id-based-policy-examples.html
    of: ["servicediscovery:CreatePrivateDnsNamespace"],
    needs: {
      "ec2:DescribeRegions": everything,
      "ec2:DescribeVpcs": everything,
      "route53:CreateHostedZone": everything,
    },
  },
  {
    // https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    of: ["wafv2:PutLoggingConfiguration"],
    when: (input) =>
      stringsAt(input, "LoggingConfiguration.LogDestinationConfigs").some((arn) => arn.includes(":logs:")),
    needs: logDelivery,
  },
  { of: ["wafv2:DeleteLoggingConfiguration"], needs: { "logs:DeleteLogDelivery": everything } },
  {
    // https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html
    of: ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"],
    when: ({ ResourceArn: arn }) => text(arn).includes(":apigateway:"),
    needs: { "apigateway:SetWebACL": inInput("ResourceArn", "apigateway") },
  },
  {
    of: ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"],
    when: ({ ResourceArn: arn }) => text(arn).includes(":loadbalancer/"),
    needs: { "elasticloadbalancing:SetWebAcl": everything },
  },
  ...["AssociateWebACL", "DisassociateWebACL"].map((name) => ({
    of: [`wafv2:${name}`],
    when: ({ ResourceArn: arn }: JsonObject) => text(arn).includes(":userpool/"),
    needs: { [`cognito-idp:${name}`]: inInput("ResourceArn", "cognito-idp") },
  })),
];

/** The permissions that a call needs for what the service does on behalf of the caller. */
export function dependentActions(call: ModelledCall): Requirement[] {
  const name = `${call.model}:${call.operation}`;
  return dependencies
    .filter(({ of, when }) => of.includes(name) && (when?.(call.input) ?? true))
    .flatMap(({ needs }) => Object.entries(needs))
    .map(([action, resources]) => ({ action, resources: resources(call), via: `${call.service}.amazonaws.com` }));
}
