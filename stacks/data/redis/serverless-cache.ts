import { ElasticacheServerlessCache } from "@cdktf/provider-aws/lib/elasticache-serverless-cache";
import { Construct } from "constructs";
import type { Redis as RedisConfig } from "../../../schema/data/redis";
import { cacheName } from "../../naming";
import type { Cache, CacheProps } from "./cache";

type ServerlessConfig = Extract<RedisConfig, { kind: "serverless" }>;

const majorVersions = { valkey: "8", redis: "7" } as const;

/** A cache without servers to choose; AWS grows and shrinks it. */
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
      // AWS takes three subnets, each in a zone of its own.
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
