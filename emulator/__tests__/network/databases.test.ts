import type { Host } from "network-paths";
import { readNetwork } from "../../network";
import { answering, database, type Recorded } from "./recorded";

/** The hosts that the account has beside the database and those that are not data services. */
async function found(changes: Recorded): Promise<readonly Host[]> {
  const { hosts } = await readNetwork(answering(changes));
  return hosts.filter(({ name }) => name !== database && /:(rds|elasticache):/.test(name));
}

const tcp = (port: number) => ({ protocol: "tcp", from: port, to: port });
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:111122223333:${resource}`;

test("a DB cluster has the subnets of its subnet group, and is public when an instance of it is", async () => {
  const cluster = {
    DBClusterArn: arn("rds", "cluster:main"),
    DBClusterIdentifier: "main",
    DBSubnetGroup: "data",
    Port: 3306,
    VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-db", Status: "active" }],
  };
  const instance = { DBInstanceArn: arn("rds", "db:main-1"), DBClusterIdentifier: "main", PubliclyAccessible: true };
  const changes = {
    "rds DescribeDBClusters": { DBClusters: [cluster] },
    "rds DescribeDBInstances": { DBInstances: [instance] },
    "rds DescribeDBSubnetGroups": {
      DBSubnetGroups: [
        { DBSubnetGroupName: "data", Subnets: [{ SubnetIdentifier: "subnet-private" }] },
        { DBSubnetGroupName: "other", Subnets: [{ SubnetIdentifier: "subnet-public" }] },
      ],
    },
  };
  expect(await found(changes)).toEqual([
    {
      name: cluster.DBClusterArn,
      groups: ["sg-db"],
      subnets: ["subnet-private"],
      publicIp: true,
      listeners: [tcp(3306)],
    },
  ]);
});

test("an RDS proxy listens on the port of its engine", async () => {
  const proxy = {
    DBProxyArn: arn("rds", "db-proxy:main"),
    EngineFamily: "POSTGRESQL",
    VpcSecurityGroupIds: ["sg-proxy"],
    VpcSubnetIds: ["subnet-private"],
  };
  expect(await found({ "rds DescribeDBProxies": { DBProxies: [proxy] } })).toEqual([
    {
      name: proxy.DBProxyArn,
      groups: ["sg-proxy"],
      subnets: ["subnet-private"],
      publicIp: false,
      listeners: [tcp(5432)],
    },
  ]);
});

test("a replication group has the security groups and subnets of its clusters, and the port of its endpoint", async () => {
  const group = { ARN: arn("elasticache", "replicationgroup:main"), ReplicationGroupId: "main" };
  const changes = (endpoint: object): Recorded => ({
    "elasticache DescribeReplicationGroups": { ReplicationGroups: [{ ...group, ...endpoint }] },
    "elasticache DescribeCacheClusters": {
      CacheClusters: [
        { CacheClusterId: "other", SecurityGroups: [{ SecurityGroupId: "sg-other" }] },
        {
          CacheClusterId: "main-001",
          ReplicationGroupId: "main",
          SecurityGroups: [{ SecurityGroupId: "sg-cache", Status: "active" }],
          CacheSubnetGroupName: "caches",
        },
      ],
    },
    "elasticache DescribeCacheSubnetGroups": {
      CacheSubnetGroups: [{ CacheSubnetGroupName: "caches", Subnets: [{ SubnetIdentifier: "subnet-private" }] }],
    },
  });
  const expected = { name: group.ARN, groups: ["sg-cache"], subnets: ["subnet-private"], publicIp: false };
  expect(await found(changes({ NodeGroups: [{ PrimaryEndpoint: { Port: 6379 } }] }))).toEqual([
    { ...expected, listeners: [tcp(6379)] },
  ]);
  expect(await found(changes({ ConfigurationEndpoint: { Port: 6380 } }))).toEqual([
    { ...expected, listeners: [tcp(6380)] },
  ]);
});

test("a serverless cache listens on the ports of both of its endpoints", async () => {
  const cache = {
    ARN: arn("elasticache", "serverlesscache:main"),
    SecurityGroupIds: ["sg-cache"],
    SubnetIds: ["subnet-private"],
    Endpoint: { Port: 6379 },
    ReaderEndpoint: { Port: 6380 },
  };
  const [host] = await found({ "elasticache DescribeServerlessCaches": { ServerlessCaches: [cache] } });
  expect(host).toMatchObject({ name: cache.ARN, groups: ["sg-cache"], listeners: [tcp(6379), tcp(6380)] });
});
