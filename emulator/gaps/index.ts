import type { Callers } from "../proxy/callers";
import type { Gap } from "../proxy/gap";
import type { Times } from "../time";
import { acm } from "./acm";
import { apiGateway } from "./api-gateway";
import { applicationAutoScaling } from "./application-auto-scaling";
import { backup } from "./backup";
import { budgets } from "./budgets";
import { cloudWatch } from "./cloudwatch";
import { cognitoIdentityPools, cognitoUserPools } from "./cognito";
import { costExplorer } from "./cost-explorer";
import { dynamoDb } from "./dynamodb";
import { ec2 } from "./ec2";
import { ecs } from "./ecs";
import { ServiceTasks } from "./ecs/service-tasks";
import { efs } from "./efs";
import { elasticLoadBalancing } from "./elastic-load-balancing";
import { elastiCache } from "./elasticache";
import { events } from "./events";
import { iam } from "./iam";
import { kms } from "./kms";
import { lambda } from "./lambda";
import { logs } from "./logs";
import { MaintenanceWindow } from "./maintenance-window";
import { rds } from "./rds";
import { route53 } from "./route-53";
import { s3 } from "./s3";
import { secretsManager } from "./secrets-manager";
import { serviceDiscovery } from "./service-discovery";
import { sns } from "./sns";
import { sqs } from "./sqs";
import { sts } from "./sts";
import { ValidationRecords } from "./validation-records";

/** Creates all gaps, without any state. */
export function createGaps(callers: Callers, window = new MaintenanceWindow(), time: Times = {}): readonly Gap[] {
  const records = new ValidationRecords();
  const tasks = new ServiceTasks(time);
  return [
    sts(callers),
    acm(records),
    apiGateway(),
    applicationAutoScaling(),
    backup(),
    budgets(),
    cloudWatch(),
    cognitoIdentityPools(),
    cognitoUserPools(),
    costExplorer(),
    dynamoDb(),
    ec2(time, tasks),
    ecs(tasks),
    efs(),
    elastiCache(window, time),
    elasticLoadBalancing(time),
    events(),
    iam(callers),
    kms(),
    lambda(),
    logs(),
    rds(window, time),
    route53(records),
    s3(),
    secretsManager(),
    serviceDiscovery(),
    sns(),
    sqs(),
  ];
}
