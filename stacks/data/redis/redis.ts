import { ElasticacheUser } from "@cdktf/provider-aws/lib/elasticache-user";
import { ElasticacheUserGroup } from "@cdktf/provider-aws/lib/elasticache-user-group";
import { Construct } from "constructs";
import type { StageConfig } from "../../../schema";
import type { Redis as RedisConfig } from "../../../schema/data/redis";
import type { CacheMonitoringTarget } from "../../monitoring/monitoring-target";
import { cacheUserName, type Named } from "../../naming";
import { SecurityGroup } from "../../network/security-group";
import type { Subnets } from "../../network/subnets";
import type { Endpoint, Grant } from "../grant";
import { redisPort, ReplicationGroup, ServerlessCache, type Cache } from "./cache";

export interface RedisProps {
  readonly stage: StageConfig;
  readonly redis: RedisConfig;
  readonly vpcId: string;
  readonly subnets: Subnets;
}

/** The cache of a stage, in isolated subnets. */
export class Redis extends Construct {
  /** Grants services access: host, user, and IAM authentication with the task role. */
  public readonly grant: Grant;
  public readonly endpoint: Endpoint;
  public readonly monitoringTargets: CacheMonitoringTarget;

  constructor(scope: Construct, id: string, props: RedisProps) {
    super(scope, id);
    const { stage, redis, vpcId, subnets } = props;
    const securityGroup = new SecurityGroup(this, "security-group", { stage, vpcId, role: "redis" });
    const users = new CacheUsers(this, "users", { stage, engine: redis.engine });
    const common = {
      stage,
      subnetIds: subnets.subnetIds,
      securityGroupId: securityGroup.id,
      userGroupId: users.groupId,
    };
    const cache: Cache =
      redis.kind === "serverless"
        ? new ServerlessCache(this, "cache", { ...common, redis })
        : new ReplicationGroup(this, "cache", { ...common, redis });
    this.monitoringTargets = cache.monitoringTargets;
    this.endpoint = { to: securityGroup.peer, port: redisPort, reason: "cache of the stage" };
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
      endpoints: [this.endpoint],
    };
  }
}

interface CacheUsersProps {
  readonly stage: Named;
  readonly engine: "valkey" | "redis";
}

/** The users of the cache: services authenticate with IAM; no user has a password. */
class CacheUsers extends Construct {
  public readonly userName: string;
  public readonly userArn: string;
  public readonly groupId: string;

  constructor(scope: Construct, id: string, props: CacheUsersProps) {
    super(scope, id);
    const { stage, engine } = props;
    // IAM authentication requires the same id and name: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
    const name = cacheUserName(stage, "services");
    const user = new ElasticacheUser(this, "services", {
      userId: name,
      userName: name,
      engine,
      accessString: "on ~* +@all",
      authenticationMode: { type: "iam" },
    });
    const group = new ElasticacheUserGroup(this, "group", {
      userGroupId: cacheUserName(stage, "users"),
      engine,
      userIds: [user.userId, ...(engine === "redis" ? [this.defaultUser(stage).userId] : [])],
    });
    this.userName = user.userName;
    this.userArn = user.arn;
    this.groupId = group.userGroupId;
  }

  /** Redis requires a user of this name in every group: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html */
  private defaultUser(stage: Named): ElasticacheUser {
    return new ElasticacheUser(this, "default", {
      userId: cacheUserName(stage, "default"),
      userName: "default",
      engine: "redis",
      accessString: "off -@all",
      // ElastiCache describes the authentication mode "no-password-required" by another name: a plan would never be empty.
      noPasswordRequired: true,
    });
  }
}
