import type { Times } from "../time";
import { acm } from "./acm";
import { apiGateway } from "./api-gateway";
import { applicationAutoScaling } from "./application-auto-scaling";
import { backup } from "./backup";
import { budgets } from "./budgets";
import { cloudMap } from "./cloud-map";
import { cloudWatch } from "./cloudwatch";
import { cognito } from "./cognito";
import { costExplorer } from "./cost-explorer";
import { dynamoDb } from "./dynamodb";
import { ec2 } from "./ec2";
import { ecs } from "./ecs";
import { efs } from "./efs";
import { elasticLoadBalancing } from "./elastic-load-balancing";
import { elastiCache } from "./elasticache";
import { events } from "./events";
import { firehose } from "./firehose";
import { iam } from "./iam";
import { kms } from "./kms";
import { lambda } from "./lambda";
import { logs } from "./logs";
import { newAccountQuotas, type Quotas } from "./quotas";
import { rds } from "./rds";
import type { DatabaseQuotas } from "./rds/quotas";
import { route53 } from "./route-53";
import type { RuleSet } from "./rule";
import { s3 } from "./s3";
import { scheduler } from "./scheduler";
import { secretsManager } from "./secrets-manager";
import { sns } from "./sns";
import { sqs } from "./sqs";
import { ssm } from "./ssm";
import { stepFunctions } from "./step-functions";
import { sts } from "./sts";
import { vpcLinks } from "./vpc-links";
import { waf } from "./waf";

/** What rules depend on besides the state of the emulated AWS. */
export interface RuleOptions {
  /** Quotas that AWS has raised. @default - the quotas of a new account */
  readonly quotas?: Partial<Quotas & DatabaseQuotas>;
  /** @default - what takes time on AWS is ready at once */
  readonly time?: Times;
}

/** Creates all rules, with nothing remembered. */
export function createRules(options: RuleOptions = {}): readonly RuleSet[] {
  const quotas = { ...newAccountQuotas, ...options.quotas };
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
    dynamoDb(),
    ec2(quotas),
    ecs(),
    efs(),
    elastiCache(),
    elasticLoadBalancing(quotas),
    events(),
    firehose(),
    iam(),
    kms(),
    lambda(quotas),
    logs(),
    rds(options.quotas),
    route53(),
    s3(),
    scheduler(),
    secretsManager(),
    sns(),
    sqs(options.time),
    ssm(),
    stepFunctions(),
    sts(),
    vpcLinks(),
    waf(),
  ];
}
