import type { Environment } from "../environment";

/** Address of the cache, and the user that tasks authenticate as with an IAM token. */
export interface CacheSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Name of the replication group or serverless cache in IAM tokens. */
  readonly name: string;
  readonly isServerless: boolean;
  readonly region: string;
}

/** Reads the settings of the cache; adds each missing variable to `problems`. Undefined without a cache. */
export function cacheSettings(environment: Environment, problems: string[]): CacheSettings | undefined {
  const { REDIS_HOST: host, REDIS_USER: user, REDIS_CACHE_NAME: name, AWS_REGION: region } = environment;
  if (host === undefined) {
    for (const variable of ["REDIS_PORT", "REDIS_USER", "REDIS_CACHE_NAME", "REDIS_READER_HOST", "REDIS_SERVERLESS"] as const) {
      if (environment[variable] !== undefined) problems.push(`${variable}: is set without REDIS_HOST`);
    }
    return undefined;
  }
  if (user === undefined) problems.push("REDIS_USER: is required by REDIS_HOST");
  if (name === undefined) problems.push("REDIS_CACHE_NAME: is required by REDIS_HOST");
  const { REDIS_PORT: port = 6379, REDIS_SERVERLESS: serverless } = environment;
  return { host, port, user: user ?? "", name: name ?? "", isServerless: serverless === "true", region: region ?? "" };
}
