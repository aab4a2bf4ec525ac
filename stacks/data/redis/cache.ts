import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheServerlessCache } from "@cdktf/provider-aws/lib/elasticache-serverless-cache";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { Construct } from "constructs";
import type { Redis as RedisConfig } from "../../../schema/data/redis";
import type { CacheMonitoringTarget } from "../../monitoring/monitoring-target";
import { cacheName, type Named } from "../../naming";

/** What both kinds of cache have in common. */
export interface Cache {
  readonly host: string;
  /** Endpoint of the replicas. @default - there are none */
  readonly readerHost?: string | undefined;
  readonly arn: string;
  /** Name of the cache in IAM authentication tokens. */
  readonly name: string;
  readonly monitoringTargets: CacheMonitoringTarget;
}

export interface CacheProps<Config extends RedisConfig> {
  readonly stage: Named;
  readonly redis: Config;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly userGroupId: string;
}

/** Port of Redis and Valkey. */
export const redisPort = 6379;

type GroupConfig = Extract<RedisConfig, { kind: "replication-group" }>;

const newestVersions = { valkey: "8.0", redis: "7.1" } as const;

/** An ElastiCache replication group: a primary node and replicas in other zones. */
export class ReplicationGroup extends Construct implements Cache {
  public readonly host: string;
  public readonly readerHost: string | undefined;
  public readonly arn: string;
  public readonly name: string;
  public readonly monitoringTargets: Cache["monitoringTargets"];

  constructor(scope: Construct, id: string, props: CacheProps<GroupConfig>) {
    super(scope, id);
    const { stage, redis, subnetIds, securityGroupId, userGroupId } = props;
    this.name = cacheName(stage);
    const hasReplica = redis.replicas > 0;
    const subnets = new ElasticacheSubnetGroup(this, "subnet-group", { name: this.name, subnetIds });
    const group = new ElasticacheReplicationGroup(this, "group", {
      replicationGroupId: this.name,
      description: `Cache of ${stage.stage}`,
      engine: redis.engine,
      engineVersion: redis.engineVersion ?? newestVersions[redis.engine],
      nodeType: redis.nodeType,
      numCacheClusters: 1 + redis.replicas,
      automaticFailoverEnabled: hasReplica,
      multiAzEnabled: hasReplica,
      port: redisPort,
      subnetGroupName: subnets.name,
      securityGroupIds: [securityGroupId],
      atRestEncryptionEnabled: "true",
      transitEncryptionEnabled: true,
      userGroupIds: [userGroupId],
      applyImmediately: redis.applyImmediately,
      maintenanceWindow: redis.maintenanceWindow,
      snapshotRetentionLimit: redis.snapshotRetentionDays,
      snapshotWindow: redis.snapshotWindow,
      ...(redis.finalSnapshot !== false && { finalSnapshotIdentifier: `${this.name}-${redis.finalSnapshot}` }),
    });
    this.host = group.primaryEndpointAddress;
    this.readerHost = hasReplica ? group.readerEndpointAddress : undefined;
    this.arn = group.arn;
    // ElastiCache numbers the nodes: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.CreatingReplGroup.NoExistingCluster.Classic.html
    const nodes = Array.from({ length: 1 + redis.replicas }, (_, index) => `${group.id}-00${index + 1}`);
    this.monitoringTargets = { kind: "nodes", nodes };
  }
}

type ServerlessConfig = Extract<RedisConfig, { kind: "serverless" }>;

const majorVersions = { valkey: "8", redis: "7" } as const;

/** An ElastiCache serverless cache, which AWS scales. */
export class ServerlessCache extends Construct implements Cache {
  public readonly host: string;
  public readonly arn: string;
  public readonly name: string;
  public readonly monitoringTargets: Cache["monitoringTargets"];

  constructor(scope: Construct, id: string, props: CacheProps<ServerlessConfig>) {
    super(scope, id);
    const { stage, redis, subnetIds, securityGroupId, userGroupId } = props;
    this.name = cacheName(stage);
    const cache = new ElasticacheServerlessCache(this, "cache", {
      name: this.name,
      description: `Cache of ${stage.stage}`,
      engine: redis.engine,
      majorEngineVersion: majorVersions[redis.engine],
      cacheUsageLimits: [
        {
          dataStorage: [{ maximum: redis.maximumGb, unit: "GB" }],
          ecpuPerSecond: [{ maximum: redis.maximumEcpus }],
        },
      ],
      // ElastiCache accepts at most three subnets, each in another zone.
      subnetIds: subnetIds.slice(0, 3),
      securityGroupIds: [securityGroupId],
      userGroupId,
      snapshotRetentionLimit: redis.snapshotRetentionDays,
      ...(redis.snapshotRetentionDays > 0 && { dailySnapshotTime: "03:00" }),
    });
    this.host = cache.endpoint.get(0).address;
    this.arn = cache.arn;
    this.monitoringTargets = { kind: "serverless", name: cache.name, maximumGb: redis.maximumGb };
  }
}
