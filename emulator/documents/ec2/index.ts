import type { DocumentCheck } from "../document";
import { endpoints } from "./endpoints";
import { instances, publicKeys } from "./instances";
import { launchTemplates } from "./launch-templates";
import { natGateways } from "./nat-gateways";
import { networkAclRules } from "./network-acls";
import { routes } from "./routes";
import { securityGroupRules, securityGroups } from "./security-groups";
import { tags } from "./tags";
import { networks, peering, subnetAttributes, subnets, vpcAttributes } from "./vpcs";

/** Checks of requests to EC2. */
export const ec2: readonly DocumentCheck[] = [
  securityGroups,
  securityGroupRules,
  networks,
  subnets,
  vpcAttributes,
  subnetAttributes,
  peering,
  routes,
  natGateways,
  endpoints,
  instances,
  publicKeys,
  launchTemplates,
  networkAclRules,
  ...tags,
];
