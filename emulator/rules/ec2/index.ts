import type { Quotas } from "../quotas";
import type { RuleSet } from "../rule";
import { changedNetworks } from "./changed-networks";
import { endpointRules } from "./endpoints";
import { gatewayRules } from "./gateways";
import { instanceRules } from "./instances";
import { interfaceRules } from "./interfaces";
import { ipv6Rules } from "./ipv6";
import { networks } from "./networks";
import { prefixListRules } from "./prefix-lists";
import { roleRules } from "./roles";
import { routeRules } from "./routes";
import { securityGroupRules } from "./security-groups";
import { vpcRules } from "./vpcs";

/** Rules of EC2 between VPCs, subnets, security groups, gateways and endpoints. */
export function ec2(quotas: Quotas): RuleSet {
  return {
    rules: [
      ...vpcRules(quotas),
      ...securityGroupRules(quotas),
      ...networks,
      ...changedNetworks,
      ...instanceRules,
      ...interfaceRules,
      ...ipv6Rules,
      ...routeRules,
      ...gatewayRules(quotas),
      ...endpointRules,
      ...prefixListRules,
      ...roleRules,
    ],
  };
}
