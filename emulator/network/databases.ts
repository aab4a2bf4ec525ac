import { tcp, type Host } from "network-paths";
import { object, objects, text, type JsonObject } from "../wire/json";
import { listObjects, numberAt, texts, textsAt, type Ask } from "./ask";

/** All DB instances outside clusters, DB clusters and RDS proxies, by their ARNs. */
export async function readDatabases(ask: Ask): Promise<readonly Host[]> {
  const [instances, clusters, proxies, subnetGroups] = await Promise.all([
    listObjects(ask, "rds", "DescribeDBInstances", "DBInstances"),
    listObjects(ask, "rds", "DescribeDBClusters", "DBClusters"),
    listObjects(ask, "rds", "DescribeDBProxies", "DBProxies"),
    listObjects(ask, "rds", "DescribeDBSubnetGroups", "DBSubnetGroups"),
  ]);
  const subnetsOf = (name: string) =>
    subnetGroups.filter((group) => group.DBSubnetGroupName === name).flatMap((group) => subnetIds(group));
  const isPublic = (members: readonly JsonObject[]) => members.some((each) => each.PubliclyAccessible === true);
  return [
    ...instances
      .filter(({ DBClusterIdentifier }) => text(DBClusterIdentifier) === "")
      .map((instance) => ({
        name: text(instance.DBInstanceArn),
        groups: textsAt(instance.VpcSecurityGroups, "VpcSecurityGroupId"),
        subnets: subnetIds(object(instance.DBSubnetGroup)),
        publicIp: isPublic([instance]),
        listeners: onPort(numberAt(instance, "Endpoint", "Port")),
      })),
    ...clusters.map((cluster) => ({
      name: text(cluster.DBClusterArn),
      groups: textsAt(cluster.VpcSecurityGroups, "VpcSecurityGroupId"),
      subnets: subnetsOf(text(cluster.DBSubnetGroup)),
      publicIp: isPublic(instances.filter((each) => each.DBClusterIdentifier === cluster.DBClusterIdentifier)),
      listeners: onPort(numberAt(cluster, "Port")),
    })),
    ...proxies.map((proxy) => ({
      name: text(proxy.DBProxyArn),
      groups: texts(proxy.VpcSecurityGroupIds),
      subnets: texts(proxy.VpcSubnetIds),
      publicIp: false,
      listeners: onPort(proxyPorts[text(proxy.EngineFamily)]),
    })),
  ];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy-planning.html */
const proxyPorts: Readonly<Record<string, number>> = { MYSQL: 3306, POSTGRESQL: 5432, SQLSERVER: 1433 };

/** All replication groups and serverless caches of ElastiCache, by their ARNs. */
export async function readCaches(ask: Ask): Promise<readonly Host[]> {
  const [groups, clusters, subnetGroups, serverless] = await Promise.all([
    listObjects(ask, "elasticache", "DescribeReplicationGroups", "ReplicationGroups"),
    listObjects(ask, "elasticache", "DescribeCacheClusters", "CacheClusters"),
    listObjects(ask, "elasticache", "DescribeCacheSubnetGroups", "CacheSubnetGroups"),
    listObjects(ask, "elasticache", "DescribeServerlessCaches", "ServerlessCaches"),
  ]);
  const subnetsOf = (name: string) =>
    subnetGroups.filter((group) => group.CacheSubnetGroupName === name).flatMap((group) => subnetIds(group));
  return [
    ...groups.map((group) => {
      // Security groups and subnets are attributes of the clusters, which are the same in all of them.
      const member = clusters.find((cluster) => cluster.ReplicationGroupId === group.ReplicationGroupId);
      return {
        name: text(group.ARN),
        groups: textsAt(member?.SecurityGroups, "SecurityGroupId"),
        subnets: subnetsOf(text(member?.CacheSubnetGroupName)),
        publicIp: false,
        listeners: onPort(portOf(group)),
      };
    }),
    ...serverless.map((cache) => ({
      name: text(cache.ARN),
      groups: texts(cache.SecurityGroupIds),
      subnets: texts(cache.SubnetIds),
      publicIp: false,
      listeners: [cache.Endpoint, cache.ReaderEndpoint].flatMap((endpoint) => onPort(numberAt(endpoint, "Port")) ?? []),
    })),
  ];
}

/** The port of the primary endpoint, or of the configuration endpoint in cluster mode. */
function portOf(group: JsonObject): number | undefined {
  const [first] = objects(group.NodeGroups);
  return numberAt(group, "ConfigurationEndpoint", "Port") ?? numberAt(first, "PrimaryEndpoint", "Port");
}

function subnetIds(subnetGroup: JsonObject): readonly string[] {
  return textsAt(subnetGroup.Subnets, "SubnetIdentifier");
}

function onPort(port: number | undefined): Host["listeners"] {
  return port === undefined ? undefined : [tcp(port)];
}
