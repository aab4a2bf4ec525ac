import { ElasticacheReplicationGroup } from "@cdktf/provider-aws/lib/elasticache-replication-group";
import { ElasticacheSubnetGroup } from "@cdktf/provider-aws/lib/elasticache-subnet-group";
import { Construct } from "constructs";
import type { Redis as RedisConfig } from "../../../schema/data/redis";
import { cacheName } from "../../naming";
import { redisPort, type Cache, type CacheProps } from "./cache";

type GroupConfig = Extract<RedisConfig, { kind: "replication-group" }>;

const newest = { valkey: "8.0", redis: "7.1" } as const;

/** Servers of ElastiCache, of which the first writes, and a replica in another zone takes over. */
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
    const hasSpare = redis.replicas > 0;
    const subnets = new ElasticacheSubnetGroup(this, "subnet-group", { name: this.name, subnetIds });
    const group = new ElasticacheReplicationGroup(this, "group", {
      replicationGroupId: this.name,
      description: `Cache of ${stage.stage}`,
      engine: redis.engine,
      engineVersion: redis.engineVersion ?? newest[redis.engine],
      nodeType: redis.nodeType,
      numCacheClusters: 1 + redis.replicas,
      automaticFailoverEnabled: hasSpare,
      multiAzEnabled: hasSpare,
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
    this.readerHost = hasSpare ? group.readerEndpointAddress : undefined;
    this.arn = group.arn;
    // ElastiCache counts them so: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Replication.CreatingReplGroup.NoExistingCluster.Classic.html
    const nodes = Array.from({ length: 1 + redis.replicas }, (_, index) => `${group.id}-00${index + 1}`);
    this.monitoringTargets = { kind: "nodes", nodes };
  }
}
