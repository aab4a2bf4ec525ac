import type { Accounts } from "../proxy/accounts";
import type { Gap } from "../proxy/gap";
import { apiGateway } from "./api-gateway";
import { applicationAutoScaling } from "./application-auto-scaling";
import { budgets } from "./budgets";
import { cloudWatch } from "./cloudwatch";
import { cognitoIdentityPools, cognitoUserPools } from "./cognito";
import { ec2 } from "./ec2";
import { ecs } from "./ecs";
import { elasticLoadBalancing } from "./elastic-load-balancing";
import { kms } from "./kms";
import { logs } from "./logs";
import { sts } from "./sts";

/** All gaps, with nothing remembered yet. */
export function createGaps(accounts: Accounts): readonly Gap[] {
  return [
    sts(accounts),
    apiGateway(),
    applicationAutoScaling(),
    budgets(),
    cloudWatch(),
    cognitoIdentityPools(),
    cognitoUserPools(),
    ec2(),
    ecs(),
    elasticLoadBalancing(),
    kms(),
    logs(),
  ];
}
