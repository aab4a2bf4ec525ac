import { list, object, objects, text, type JsonObject, type JsonValue } from "../../wire/json";
import type { RuleCall } from "../rule";

type Ask = RuleCall["ask"];

/** What has network interfaces in subnets of a VPC, with the security groups of these interfaces. */
export interface Attachment {
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  /** Whether an interface has a public address. @default false */
  readonly isPublic?: boolean;
}

/**
 * Everything with network interfaces in the region. The emulated EC2 lists only the interfaces of some services; AWS creates
 * one for each of these resources: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html
 */
export async function attachments(ask: Ask): Promise<readonly Attachment[]> {
  const found = await Promise.all([
    networkInterfaces(ask),
    natGateways(ask),
    endpoints(ask),
    loadBalancers(ask),
    vpcLinks(ask),
    databases(ask),
    caches(ask),
    functions(ask),
  ]);
  return found.flat();
}

async function networkInterfaces(ask: Ask): Promise<readonly Attachment[]> {
  const { NetworkInterfaces } = await ask("DescribeNetworkInterfaces", {}, "ec2");
  return objects(NetworkInterfaces).map(({ SubnetId, Groups, Association }) => ({
    subnets: [text(SubnetId)],
    securityGroups: fieldOf(Groups, "GroupId"),
    isPublic: object(Association).PublicIp !== undefined,
  }));
}

async function natGateways(ask: Ask): Promise<readonly Attachment[]> {
  const { NatGateways } = await ask("DescribeNatGateways", {}, "ec2");
  return objects(NatGateways)
    .filter(isKept)
    .map(({ SubnetId, ConnectivityType }) => ({
      subnets: [text(SubnetId)],
      securityGroups: [],
      isPublic: ConnectivityType !== "private",
    }));
}

async function endpoints(ask: Ask): Promise<readonly Attachment[]> {
  const { VpcEndpoints } = await ask("DescribeVpcEndpoints", {}, "ec2");
  const { InstanceConnectEndpoints } = await ask("DescribeInstanceConnectEndpoints", {}, "ec2");
  return [
    ...objects(VpcEndpoints)
      .filter(isKept)
      .map(({ SubnetIds, Groups }) => ({ subnets: texts(SubnetIds), securityGroups: fieldOf(Groups, "GroupId") })),
    ...objects(InstanceConnectEndpoints).map(({ SubnetId, SecurityGroupIds }) => ({
      subnets: [text(SubnetId)],
      securityGroups: texts(SecurityGroupIds),
    })),
  ];
}

async function loadBalancers(ask: Ask): Promise<readonly Attachment[]> {
  const { LoadBalancers } = await ask("DescribeLoadBalancers", {}, "elasticloadbalancing");
  return objects(LoadBalancers).map(({ AvailabilityZones, SecurityGroups, Scheme }) => ({
    subnets: fieldOf(AvailabilityZones, "SubnetId"),
    securityGroups: texts(SecurityGroups),
    isPublic: Scheme === "internet-facing",
  }));
}

async function vpcLinks(ask: Ask): Promise<readonly Attachment[]> {
  const { Items } = await ask("GetVpcLinks", { MaxResults: "100" }, "apigateway");
  return objects(Items).map(({ SubnetIds, SecurityGroupIds }) => ({
    subnets: texts(SubnetIds),
    securityGroups: texts(SecurityGroupIds),
  }));
}

/** Databases, each with an interface in its zone, and proxies. */
async function databases(ask: Ask): Promise<readonly Attachment[]> {
  const { DBInstances } = await ask("DescribeDBInstances", {}, "rds");
  const { DBProxies } = await ask("DescribeDBProxies", {}, "rds");
  return [
    ...objects(DBInstances).map(({ AvailabilityZone, DBSubnetGroup, VpcSecurityGroups, PubliclyAccessible }) => ({
      subnets: objects(object(DBSubnetGroup).Subnets)
        .filter(({ SubnetAvailabilityZone }) => object(SubnetAvailabilityZone).Name === AvailabilityZone)
        .map(({ SubnetIdentifier }) => text(SubnetIdentifier)),
      securityGroups: fieldOf(VpcSecurityGroups, "VpcSecurityGroupId"),
      isPublic: PubliclyAccessible === true,
    })),
    ...objects(DBProxies).map(({ VpcSubnetIds, VpcSecurityGroupIds }) => ({
      subnets: texts(VpcSubnetIds),
      securityGroups: texts(VpcSecurityGroupIds),
    })),
  ];
}

/** Caches; a cluster does not say in which of the subnets of its group its node is. */
async function caches(ask: Ask): Promise<readonly Attachment[]> {
  const { CacheClusters } = await ask("DescribeCacheClusters", {}, "elasticache");
  const { ServerlessCaches } = await ask("DescribeServerlessCaches", {}, "elasticache");
  return [
    ...objects(CacheClusters).map(({ SecurityGroups }) => ({
      subnets: [],
      securityGroups: fieldOf(SecurityGroups, "SecurityGroupId"),
    })),
    ...objects(ServerlessCaches).map(({ SubnetIds, SecurityGroupIds }) => ({
      subnets: texts(SubnetIds),
      securityGroups: texts(SecurityGroupIds),
    })),
  ];
}

/** Functions; Lambda keeps the interfaces of a deleted one for some minutes, which is not emulated. */
async function functions(ask: Ask): Promise<readonly Attachment[]> {
  const { Functions } = await ask("ListFunctions", {}, "lambda");
  return objects(Functions).map(({ VpcConfig }) => ({
    subnets: texts(object(VpcConfig).SubnetIds),
    securityGroups: texts(object(VpcConfig).SecurityGroupIds),
  }));
}

/** Whether an endpoint or a gateway is neither deleted nor being deleted: EC2 lists it for some time after. */
export function isKept({ State }: JsonObject): boolean {
  return !text(State).toLowerCase().startsWith("delet");
}

function texts(value: JsonValue): readonly string[] {
  return list(value).map(text);
}

function fieldOf(value: JsonValue, field: string): readonly string[] {
  return objects(value).map((item) => text(item[field]));
}
