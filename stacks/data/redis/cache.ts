import type { Redis as RedisConfig } from "../../../schema/data/redis";
import type { Named } from "../../naming";
import type { CacheMonitoringTarget } from "../../monitoring/monitoring-target";

/** A cache, as its users know it. */
export interface Cache {
  readonly host: string;
  /** Where commands go that only read. @default - no servers for that */
  readonly readerHost?: string | undefined;
  readonly arn: string;
  /** Name that a token of IAM is made for. */
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
