import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Redis as RedisConfig } from "../../../schema/data/redis";
import { SecurityGroup } from "../../network/security-group";
import type { Subnets } from "../../network/subnets";
import type { CacheMonitoringTarget } from "../../monitoring/monitoring-target";
import type { Endpoint, Grant } from "../grant";
import { redisPort, type Cache } from "./cache";
import { ReplicationGroup } from "./replication-group";
import { ServerlessCache } from "./serverless-cache";
import { CacheUsers } from "./users";

export interface RedisProps {
  readonly stage: StageConfig;
  readonly redis: RedisConfig;
  readonly vpcId: string;
  readonly subnets: Subnets;
}

/** The cache of a stage, in subnets that lead nowhere. */
export class Redis extends Construct {
  /** What a service gets that uses it: where it is, and as whom it signs in by its role. */
  public readonly grant: Grant;
  public readonly door: Endpoint;
  public readonly monitoringTargets: CacheMonitoringTarget;

  constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id);
    const { stage, redis, vpcId, subnets } = props;
    const securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId, role: "redis" });
    const users = new CacheUsers(this, "users", { stage, engine: redis.engine });
    const place = {
      stage,
      subnetIds: subnets.subnetIds,
      securityGroupId: securityGroup.id,
      userGroupId: users.groupId,
    };
    const cache: Cache =
      redis.kind === "serverless"
        ? new ServerlessCache(this, "cache", { ...place, redis })
        : new ReplicationGroup(this, "cache", { ...place, redis });
    this.monitoringTargets = cache.monitoringTargets;
    this.door = { to: securityGroup.peer, port: redisPort, reason: "cache of the stage" };
    this.grant = {
      environment: {
        REDIS_HOST: cache.host,
        REDIS_PORT: String(redisPort),
        REDIS_USER: users.userName,
        REDIS_CACHE_NAME: cache.name,
        ...(redis.kind === "serverless" && { REDIS_SERVERLESS: "true" }),
        ...(cache.readerHost !== undefined && { REDIS_READER_HOST: cache.readerHost }),
      },
      statements: [{ actions: ["elasticache:Connect"], resources: [cache.arn, users.userArn] }],
      endpoints: [this.door],
    };
  }
}
