import type { Quotas } from "../quotas";
import type { RuleSet } from "../rule";
import { endpointRules } from "./endpoints";
import { gatewayRules } from "./gateways";
import { roleRules } from "./roles";
import { securityGroupRules } from "./security-groups";
import { vpcRules } from "./vpcs";

/** Rules of EC2 between VPCs, subnets, security groups, gateways and endpoints. */
export function ec2(quotas: Quotas): RuleSet {
  return {
    rules: [
      ...vpcRules(quotas),
      ...securityGroupRules(quotas),
      ...gatewayRules(quotas),
      ...endpointRules,
      ...roleRules,
    ],
  };
}
