import type { ErrorObject } from "ajv";
import { databaseSettings, type DatabaseSettings } from "./database/settings";
import { authSettings, type AuthSettings } from "./auth/settings";
import { environmentSchema, type Environment } from "./environment";
import { cacheSettings, type CacheSettings } from "./limits/settings";
import { convertingAjv } from "./validation";

/** The settings of the service, after the variables and the rules between them have been checked. */
export interface Configuration {
  readonly environment: Environment;
  readonly database: DatabaseSettings;
  readonly auth: AuthSettings;
  /** @default - no cache */
  readonly cache?: CacheSettings;
  readonly corsOrigins: readonly string[];
  /** Maximum duration of a stop: 5 s less than the container's stopTimeout. */
  readonly drainSeconds: number;
}

/** One error that lists every problem of the environment. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`the environment is not valid:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  }
}

const ownPaths = ["api", "health", "openapi.json", "ready", "test"];

const validate = convertingAjv.compile<Environment>(environmentSchema);

/** Reads and checks the environment; throws one {@link ConfigurationError} that lists every problem. */
export function readConfiguration(source: NodeJS.ProcessEnv): Configuration {
  const environment: unknown = pick(source);
  const problems: string[] = [];
  if (!validate(environment)) {
    throw new ConfigurationError((validate.errors ?? []).map((error) => describe(error, source)));
  }
  const database = databaseSettings(environment, problems);
  const auth = authSettings(environment, problems);
  const cache = cacheSettings(environment, problems);
  const drainSeconds = environment.STOP_TIMEOUT_SECONDS - 5;
  if (environment.DRAIN_DELAY_SECONDS >= drainSeconds) {
    problems.push(`DRAIN_DELAY_SECONDS: must be less than STOP_TIMEOUT_SECONDS - 5 (${drainSeconds})`);
  }
  const [, first = ""] = environment.BASE_PATH?.split("/") ?? [];
  if (ownPaths.includes(first)) problems.push(`BASE_PATH: must not begin with /${first}, a path of the service`);
  for (const name of ["UPLOADS_BUCKET", "REQUESTS_TABLE", "ORDERS_QUEUE_URL", "DATABASE_SECRET_ARN", "REDIS_HOST"] as const) {
    if (environment[name] !== undefined && environment.AWS_REGION === undefined) {
      problems.push(`AWS_REGION: is required by ${name}`);
    }
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  const corsOrigins = environment.CORS_ORIGINS?.split(/,\s*/) ?? [];
  return { environment, database, auth, cache, corsOrigins, drainSeconds };
}

// Terraform passes an absent value as an empty string.
function pick(source: NodeJS.ProcessEnv): Record<string, string | undefined> {
  const names = Object.keys(environmentSchema.properties);
  return Object.fromEntries(names.map((name) => [name, source[name] || undefined]).filter(([, value]) => value));
}

function describe(error: ErrorObject, source: NodeJS.ProcessEnv): string {
  const name = error.instancePath.slice(1);
  const schema = Object.entries(environmentSchema.properties).find(([key]) => key === name)?.[1];
  const value = schema?.writeOnly === true ? "its value" : JSON.stringify(source[name]);
  const allowed = error.keyword === "enum" ? `: ${schema?.["enum"]}` : "";
  return `${name}: ${value} ${error.message}${allowed} (${schema?.description})`;
}
