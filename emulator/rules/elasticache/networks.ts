import { firstDuplicate } from "../../documents/document";
import { list, objects, text, type JsonValue } from "../../wire/json";
import { defaultVpc, networkRules, type Network } from "../network";
import type { Rule, RuleCall } from "../rule";
import {
  cacheClusters,
  named,
  reference,
  replicationGroups,
  serverlessCaches,
  service,
  subnetGroups,
} from "./resources";

const missingSecurityGroup = {
  code: "InvalidParameterValue",
  message: (id: string) => `Could not find EC2 security group ${id}`,
};

/** Rules on the subnets and security groups of caches. */
export const networks: readonly Rule[] = [
  ...networkRules({
    name: "cache",
    resource: "a cache with nodes",
    service,
    operations: ["CreateReplicationGroup", "CreateCacheCluster", "ModifyReplicationGroup", "ModifyCacheCluster"],
    source: `${reference}/API_CreateReplicationGroup.html`,
    network: networkOfNodes,
    missingSecurityGroup,
    otherVpc: {
      code: "InvalidParameterCombination",
      message: ({ vpc, expected }) => `Subnet group belongs to a different VPC [${expected}] than [${vpc}]`,
    },
  }),
  ...networkRules({
    name: "serverless-cache",
    resource: "a serverless cache",
    service,
    operations: ["CreateServerlessCache", "ModifyServerlessCache"],
    source: `${reference}/API_CreateServerlessCache.html`,
    network: networkOfServerlessCache,
    missingSubnet: { code: "InvalidParameterValue", message: (id) => `The subnet ID '${id}' does not exist` },
    missingSecurityGroup,
    otherVpc: {
      code: "InvalidParameterValue",
      message: ({ id, vpc, expected }) => `${id} is in ${vpc}, and the cache is in ${expected}`,
    },
  }),
  {
    name: "serverless-cache-zones",
    service,
    operations: ["CreateServerlessCache"],
    code: "InvalidParameterValue",
    rule: "Each subnet of a serverless cache is in another Availability Zone.",
    source: `${reference}/API_CreateServerlessCache.html`,
    refuse: async ({ input, ask }) => {
      const SubnetIds = list(input.SubnetIds);
      const { Subnets } = SubnetIds.length === 0 ? {} : await ask("DescribeSubnets", { SubnetIds }, "ec2");
      const twice = firstDuplicate(objects(Subnets).map(({ AvailabilityZone }) => text(AvailabilityZone)));
      return twice && `A serverless cache must not have two subnets in the Availability Zone ${twice}.`;
    },
  },
  ...networkRules({
    name: "cache-subnet-group",
    resource: "a cache subnet group",
    service,
    operations: ["CreateCacheSubnetGroup", "ModifyCacheSubnetGroup"],
    source: `${reference}/API_CreateCacheSubnetGroup.html`,
    network: async (call) => {
      const { SubnetIds: subnets, CacheSubnetGroupName } = call.input;
      const vpc = text((await named(call, subnetGroups, CacheSubnetGroupName))?.VpcId);
      return vpc === "" ? { subnets } : { subnets, vpc };
    },
    missingSubnet: { code: "InvalidSubnet", message: (id) => `The subnet ID '${id}' does not exist` },
    otherVpc: { code: "InvalidSubnet", message: ({ id }) => `Subnet ${id} is invalid.` },
  }),
];

async function networkOfNodes(call: RuleCall): Promise<Network | undefined> {
  const { SecurityGroupIds: securityGroups, ReplicationGroupId, CacheClusterId } = call.input;
  if (list(securityGroups).length === 0) return undefined;
  const vpc = call.operation.startsWith("Create")
    ? await vpcOfNewNodes(call)
    : ((await vpcOfReplicationGroup(call, ReplicationGroupId)) ?? (await vpcOfCluster(call, CacheClusterId)));
  return vpc === undefined ? { securityGroups } : { securityGroups, vpc };
}

async function vpcOfNewNodes(call: RuleCall): Promise<string | undefined> {
  const { CacheSubnetGroupName, GlobalReplicationGroupId, ReplicationGroupId, CacheClusterId } = call.input;
  if (CacheSubnetGroupName !== undefined) return vpcOfSubnetGroup(call, CacheSubnetGroupName);
  // A cluster that joins a replication group, and a group that joins another, are in its VPC.
  const joins =
    GlobalReplicationGroupId !== undefined || (CacheClusterId !== undefined && ReplicationGroupId !== undefined);
  return joins ? undefined : defaultVpc(call.ask);
}

async function vpcOfReplicationGroup(call: RuleCall, id: JsonValue): Promise<string | undefined> {
  const [member] = list((await named(call, replicationGroups, id))?.MemberClusters);
  return vpcOfCluster(call, member);
}

async function vpcOfCluster(call: RuleCall, id: JsonValue): Promise<string | undefined> {
  const cluster = await named(call, cacheClusters, id);
  return cluster && vpcOfSubnetGroup(call, cluster.CacheSubnetGroupName);
}

async function vpcOfSubnetGroup(call: RuleCall, name: JsonValue): Promise<string | undefined> {
  const group = await named(call, subnetGroups, name);
  return group && (text(group.VpcId) || undefined);
}

async function networkOfServerlessCache(call: RuleCall): Promise<Network> {
  const { SubnetIds, SecurityGroupIds: securityGroups, ServerlessCacheName } = call.input;
  const existing = await named(call, serverlessCaches, ServerlessCacheName);
  const subnets = SubnetIds ?? existing?.SubnetIds;
  if (list(subnets).length > 0) return { subnets, securityGroups };
  const vpc = existing === undefined ? await defaultVpc(call.ask) : undefined;
  return vpc === undefined ? { securityGroups } : { securityGroups, vpc };
}
