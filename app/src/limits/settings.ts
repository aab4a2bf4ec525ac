import type { Environment } from "../environment";

/** Where the cache is, and as whom tasks sign in with a token of their role. */
export interface CacheSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Name that tokens are made for: a replication group's, or a serverless cache's. */
  readonly name: string;
  readonly isServerless: boolean;
  readonly region: string;
}

/** Reads where the cache is, and adds what is missing for it to `problems`; undefined without a cache. */
export function cacheSettings(environment: Environment, problems: string[]): CacheSettings | undefined {
  const { REDIS_HOST: host, REDIS_USER: user, REDIS_CACHE_NAME: name, AWS_REGION: region } = environment;
  if (host === undefined) {
    for (const variable of ["REDIS_PORT", "REDIS_USER", "REDIS_CACHE_NAME", "REDIS_READER_HOST", "REDIS_SERVERLESS"] as const) {
      if (environment[variable] !== undefined) problems.push(`${variable}: is set without REDIS_HOST`);
    }
    return undefined;
  }
  if (user === undefined) problems.push("REDIS_USER: is needed by REDIS_HOST");
  if (name === undefined) problems.push("REDIS_CACHE_NAME: is needed by REDIS_HOST");
  const { REDIS_PORT: port = 6379, REDIS_SERVERLESS: serverless } = environment;
  return { host, port, user: user ?? "", name: name ?? "", isServerless: serverless === "true", region: region ?? "" };
}
