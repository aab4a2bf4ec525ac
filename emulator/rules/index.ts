import { acm } from "./acm";
import { apiGateway } from "./api-gateway";
import { applicationAutoScaling } from "./application-auto-scaling";
import { backup } from "./backup";
import { budgets } from "./budgets";
import { cloudMap } from "./cloud-map";
import { cloudWatch } from "./cloudwatch";
import { cognito } from "./cognito";
import { costExplorer } from "./cost-explorer";
import { ec2 } from "./ec2";
import { ecs } from "./ecs";
import { elasticLoadBalancing } from "./elastic-load-balancing";
import { elastiCache } from "./elasticache";
import { events } from "./events";
import { iam } from "./iam";
import { kms } from "./kms";
import { logs } from "./logs";
import { newAccountQuotas, type Quotas } from "./quotas";
import { rds } from "./rds";
import { route53 } from "./route-53";
import type { RuleSet } from "./rule";
import { s3 } from "./s3";
import { scheduler } from "./scheduler";
import { secretsManager } from "./secrets-manager";
import { sns } from "./sns";
import { sqs, type QueueTimes } from "./sqs";
import { ssm } from "./ssm";
import { vpcLinks } from "./vpc-links";
import { waf } from "./waf";

/** Creates all rules, with nothing remembered. */
export function createRules(quotas: Quotas = newAccountQuotas, times: QueueTimes = {}): readonly RuleSet[] {
  return [
    acm(),
    apiGateway(),
    applicationAutoScaling(),
    backup(),
    budgets(),
    cloudMap(),
    cloudWatch(),
    cognito(),
    costExplorer(),
    ec2(quotas),
    ecs(),
    elastiCache(),
    elasticLoadBalancing(quotas),
    events(),
    iam(),
    kms(),
    logs(),
    rds(),
    route53(),
    s3(),
    scheduler(),
    secretsManager(),
    sns(),
    sqs(times),
    ssm(),
    vpcLinks(),
    waf(),
  ];
}
