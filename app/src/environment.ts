import { Type, type Static, type TString, type TOptional } from "@sinclair/typebox";

/**
 * Every environment variable that the service reads: the contract with the stack.
 *
 * No variable is always required: each has a `default`, is optional, or is required only in combination with another
 * one. `writeOnly` marks a secret, whose value never appears in a message.
 */
export const environmentSchema = Type.Object({
  NODE_ENV: choice(["development", "test", "production"], "development", "mode of the Node.js process"),
  HOST: Type.String({ default: "0.0.0.0", minLength: 1, description: "the address to listen on" }),
  PORT: integer(0, 65535, 8080, "the port to listen on, 0 for any free one"),
  LOG_LEVEL: choice(["fatal", "error", "warn", "info", "debug", "silent"], "info", "lowest level that is logged"),
  STOP_TIMEOUT_SECONDS: integer(7, 120, 30, "the container's stopTimeout; the process exits at least 5 s before it"),
  DRAIN_DELAY_SECONDS: integer(0, 60, 1, "time between the failure of readiness and the close of the listening socket"),
  KEEP_ALIVE_SECONDS: integer(1, 3600, 65, "idle timeout of a connection; must be above the load balancer's (ALB 60, NLB 350)"),
  BASE_PATH: optional("additional path prefix of all routes except the probes, e.g. /test1", "^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$"),
  BODY_LIMIT_BYTES: integer(1024, 10_000_000, 100_000, "the largest request body"),
  CORS_ORIGINS: optional("origins that browsers may call from, comma-separated", "^(\\*|https?://[^/,\\s]+(,\\s*https?://[^/,\\s]+)*)$"),

  DATABASE_HOST: optional("host of the Postgres server; without a database variable, the embedded database is used"),
  DATABASE_PORT: Type.Optional(integer(1, 65535, undefined, "port of the Postgres server, 5432 when absent")),
  DATABASE_NAME: optional("name of the database"),
  DATABASE_USER: optional("database user"),
  DATABASE_SECRET_ARN: optional("secret in Secrets Manager with {username, password}", "^arn:aws[a-z-]*:secretsmanager:"),
  DATABASE_AUTH: Type.Optional(choice(["secret", "iam"], undefined, "secret: DATABASE_SECRET_ARN; iam: a token of the task role instead of a password")),
  DATABASE_READER_HOST: optional("endpoint of the read replicas; not used, because a replica may not yet have a caller's last write"),
  DATABASE_CA_FILE: optional("PEM file of certificate authorities that replace those of RDS and RDS Proxy"),
  DATABASE_URL: Type.Optional(
    Type.String({ pattern: "^postgres(ql)?://", writeOnly: true, description: "postgres://user:password@host/name, for local use" }),
  ),
  DATABASE_DIR: optional("folder of the embedded database, in memory when absent"),
  DATABASE_POOL_SIZE: integer(1, 100, 10, "connections per process"),

  AWS_REGION: optional("region of the AWS services"),
  AWS_ENDPOINT_URL: optional("endpoint of emulated AWS services", "^https?://"),
  UPLOADS_BUCKET: optional("bucket of the uploads; the upload routes exist only with a bucket"),
  REQUESTS_TABLE: optional("table of the responses by Idempotency-Key: partition key request, time to live attribute ends; without a table, requests with the header are rejected"),
  ORDERS_QUEUE_URL: optional("queue that the worker consumes", "^https?://"),
  ORDERS_VISIBILITY_SECONDS: integer(1, 43_200, 60, "visibility timeout of a received message, extended while it is processed"),
  RETENTION_DAYS: integer(1, 3650, 30, "age at which the clean-up job deletes test records and settled orders"),

  AUTH_MODE: choice(["none", "gateway", "jwt"], "none", "gateway: API Gateway verifies the token; jwt: the service verifies it"),
  COGNITO_USER_POOL_ID: optional("user pool whose tokens are accepted", "^[a-z0-9-]+_[A-Za-z0-9]+$"),
  COGNITO_CLIENT_ID: optional("app client whose tokens are accepted"),
  RATE_LIMIT_PER_MINUTE: integer(0, 1_000_000, 600, "requests per minute and caller; no limit with 0, or with AUTH_MODE=none, which does not identify callers"),
  REDIS_HOST: optional("host of the cache (TLS) with the shared request counts of all tasks; without a cache, each task counts separately"),
  REDIS_PORT: Type.Optional(integer(1, 65535, undefined, "port of the cache, 6379 when absent")),
  REDIS_USER: optional("user of the cache, authenticated with an IAM token of the task role"),
  REDIS_CACHE_NAME: optional("name of the cache in its IAM tokens"),
  REDIS_SERVERLESS: Type.Optional(choice(["true", "false"], undefined, "whether the cache is serverless, which changes its IAM tokens")),
  REDIS_READER_HOST: optional("endpoint of the read replicas of the cache; not used, because every count is a write"),

  OTEL_EXPORTER_OTLP_ENDPOINT: optional("collector for traces and metrics, e.g. http://localhost:4318", "^https?://"),
});

/** The environment after validation: numbers are numbers and defaults are filled in. */
export type Environment = Static<typeof environmentSchema>;

/** One variable of the contract, for tests of the stack and for documentation. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly optional: boolean;
  readonly secret: boolean;
  readonly default?: unknown;
  readonly description?: string;
}

const required = new Set<string>(environmentSchema.required);

/** The contract as a list. */
export const environmentVariables: readonly EnvironmentVariable[] = Object.entries(environmentSchema.properties).map(
  ([name, { writeOnly, default: fallback, description }]) => {
    const optional = fallback !== undefined || !required.has(name);
    return { name, optional, secret: writeOnly === true, default: fallback, description };
  },
);

function optional(description: string, pattern?: string): TOptional<TString> {
  return Type.Optional(Type.String({ minLength: 1, description, ...(pattern === undefined ? {} : { pattern }) }));
}

function integer(minimum: number, maximum: number, fallback: number | undefined, description: string) {
  return Type.Integer({ minimum, maximum, description, ...(fallback === undefined ? {} : { default: fallback }) });
}

function choice<const T extends string>(values: readonly T[], fallback: T | undefined, description: string) {
  return Type.Unsafe<T>({
    type: "string",
    enum: values,
    description,
    ...(fallback === undefined ? {} : { default: fallback }),
  });
}
