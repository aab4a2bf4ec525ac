import { text } from "../wire/json";
import { iamArnIn, lookUp, type Ask, type ModelledCall, type Requirement } from "./call";

interface LinkedRole {
  readonly service: string;
  readonly role: string;
}

const linked = (service: string, role: string): LinkedRole => ({
  service: `${service}.amazonaws.com`,
  role: `AWSServiceRoleFor${role}`,
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
const apiGateway = linked("ops.apigateway", "APIGateway");
const apiDestinations = linked("apidestinations.events", "AmazonEventBridgeApiDestinations");
const ecs = linked("ecs", "ECS");
const elastiCache = linked("elasticache", "ElastiCache");
const rds = linked("rds", "RDS");

/** The service-linked roles that operations create, by model. */
const roles: Readonly<Record<string, Readonly<Record<string, LinkedRole>>>> = {
  apigateway: { CreateDomainName: apiGateway },
  apigatewayv2: { CreateDomainName: apiGateway, CreateVpcLink: apiGateway },
  ec2: { CreateInstanceConnectEndpoint: linked("ec2-instance-connect", "EC2InstanceConnect") },
  ecs: { CreateCluster: ecs, CreateService: ecs },
  efs: {
    CreateFileSystem: linked("elasticfilesystem", "AmazonElasticFileSystem"),
    PutBackupPolicy: linked("backup", "Backup"),
  },
  elasticache: {
    CreateCacheCluster: elastiCache,
    CreateCacheSubnetGroup: elastiCache,
    CreateReplicationGroup: elastiCache,
    CreateServerlessCache: elastiCache,
    CreateUser: elastiCache,
    CreateUserGroup: elastiCache,
  },
  elbv2: { CreateLoadBalancer: linked("elasticloadbalancing", "ElasticLoadBalancing") },
  events: { CreateApiDestination: apiDestinations, CreateConnection: apiDestinations },
  rds: {
    CreateDBCluster: rds,
    CreateDBInstance: rds,
    CreateDBProxy: rds,
    CreateDBSubnetGroup: rds,
    RestoreDBClusterFromSnapshot: rds,
    RestoreDBInstanceFromDBSnapshot: rds,
  },
  wafv2: { PutLoggingConfiguration: linked("wafv2", "WAFV2Logging") },
};

/** https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html */
const ofScaling: Readonly<Record<string, LinkedRole>> = {
  dynamodb: linked("dynamodb.application-autoscaling", "ApplicationAutoScaling_DynamoDBTable"),
  ecs: linked("ecs.application-autoscaling", "ApplicationAutoScaling_ECSService"),
  elasticache: linked("elasticache.application-autoscaling", "ApplicationAutoScaling_ElastiCacheRG"),
  rds: linked("rds.application-autoscaling", "ApplicationAutoScaling_RDSCluster"),
};

/** The permission to create the service-linked role that a call needs, unless the account has it. */
export async function linkedRole(call: ModelledCall, ask: Ask): Promise<Requirement[]> {
  const { model, operation, input } = call;
  const scaling = model === "application-autoscaling" && operation === "RegisterScalableTarget";
  const needed = scaling ? ofScaling[text(input.ServiceNamespace)] : roles[model]?.[operation];
  if (needed === undefined || (await lookUp(ask("iam", "GetRole", { RoleName: needed.role }))) !== undefined) return [];
  return [
    {
      action: "iam:CreateServiceLinkedRole",
      resources: [iamArnIn(call, `role/aws-service-role/${needed.service}/${needed.role}`)],
      context: { "iam:AWSServiceName": needed.service },
      via: needed.service,
    },
  ];
}
