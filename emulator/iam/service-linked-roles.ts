import { text } from "../wire/json";
import { iamArnIn, lookUp, type Ask, type ModelledCall, type Requirement } from "./call";
import { stringsAt } from "./input";
import { linkedRoleName } from "./service-linked-role-names";

const apiGateway = "ops.apigateway";
const apiDestinations = "apidestinations.events";
const ecs = "ecs";
const elastiCache = "elasticache";
const rds = "rds";

/** The services whose roles operations create, by model. */
const services: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  apigateway: { CreateDomainName: apiGateway },
  apigatewayv2: { CreateDomainName: apiGateway, CreateVpcLink: apiGateway },
  ec2: { CreateInstanceConnectEndpoint: "ec2-instance-connect" },
  ecs: { CreateCluster: ecs, CreateService: ecs },
  efs: {
    CreateFileSystem: "elasticfilesystem",
    PutBackupPolicy: "backup",
  },
  elasticache: {
    CreateCacheCluster: elastiCache,
    CreateCacheSubnetGroup: elastiCache,
    CreateReplicationGroup: elastiCache,
    CreateServerlessCache: elastiCache,
    CreateUser: elastiCache,
    CreateUserGroup: elastiCache,
  },
  elbv2: { CreateLoadBalancer: "elasticloadbalancing" },
  events: { CreateApiDestination: apiDestinations, CreateConnection: apiDestinations },
  rds: {
    CreateDBCluster: rds,
    CreateDBInstance: rds,
    CreateDBProxy: rds,
    CreateDBSubnetGroup: rds,
    RestoreDBClusterFromSnapshot: rds,
    RestoreDBInstanceFromDBSnapshot: rds,
  },
};

/** https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html */
const scalable = ["dynamodb", "ecs", "elasticache", "rds"];

/**
 * Creates the service-linked role of a call that succeeded, unless the account has it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-service-linked-role.html
 */
export async function createLinkedRole(call: ModelledCall, ask: Ask): Promise<void> {
  const service = serviceOf(call);
  if (service === undefined || (await exists(service, ask))) return;
  // Another call may have created it at the same time.
  await lookUp(ask("iam", "CreateServiceLinkedRole", { AWSServiceName: service }));
}

/** The permission to create the service-linked role that a call needs, unless the account has it. */
export async function linkedRole(call: ModelledCall, ask: Ask): Promise<Requirement[]> {
  const service = serviceOf(call);
  if (service === undefined || (await exists(service, ask))) return [];
  return [
    {
      action: "iam:CreateServiceLinkedRole",
      resources: [iamArnIn(call, `role/aws-service-role/${service}/${linkedRoleName(service) ?? ""}`)],
      context: { "iam:AWSServiceName": service },
      via: service,
    },
  ];
}

/** Principal of the service whose role a call needs. */
function serviceOf({ model, operation, input }: ModelledCall): string | undefined {
  const name = services[model]?.[operation] ?? scaledOrLogged(model, operation, input);
  return name === undefined ? undefined : `${name}.amazonaws.com`;
}

function scaledOrLogged(model: string, operation: string, input: ModelledCall["input"]): string | undefined {
  if (model === "application-autoscaling" && operation === "RegisterScalableTarget") {
    const namespace = text(input.ServiceNamespace);
    return scalable.includes(namespace) ? `${namespace}.application-autoscaling` : undefined;
  }
  // The role writes to Firehose only: https://docs.aws.amazon.com/waf/latest/developerguide/using-service-linked-roles.html
  const toFirehose = (arn: string) => arn.split(":")[2] === "firehose";
  return model === "wafv2" &&
    operation === "PutLoggingConfiguration" &&
    stringsAt(input, "LoggingConfiguration.LogDestinationConfigs").some(toFirehose)
    ? "wafv2"
    : undefined;
}

async function exists(service: string, ask: Ask): Promise<boolean> {
  return (await lookUp(ask("iam", "GetRole", { RoleName: linkedRoleName(service) ?? "" }))) !== undefined;
}
