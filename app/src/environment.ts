import { Type, type Static, type TString, type TOptional } from "@sinclair/typebox";

/**
 * Every environment variable that the service reads: the contract with the stack that starts it.
 *
 * No variable is needed on its own: each has a `default`, is optional, or is needed only beside another
 * one. `writeOnly` marks a secret, whose value appears in no message.
 */
export const environmentSchema = Type.Object({
  NODE_ENV: choice(["development", "test", "production"], "development", "what kind of process this is"),
  HOST: Type.String({ default: "0.0.0.0", minLength: 1, description: "the address to listen on" }),
  PORT: integer(0, 65535, 8080, "the port to listen on, 0 for any free one"),
  LOG_LEVEL: choice(["fatal", "error", "warn", "info", "debug", "silent"], "info", "the least level that is logged"),
  STOP_TIMEOUT_SECONDS: integer(7, 120, 30, "the container's stopTimeout: the process has left 5 s before it"),
  DRAIN_DELAY_SECONDS: integer(0, 60, 1, "how long readiness fails before connections are refused"),
  KEEP_ALIVE_SECONDS: integer(1, 3600, 65, "idle time of a connection: above the load balancer's (ALB 60, NLB 350)"),
  BASE_PATH: optional("path under which all but the probes is served as well, e.g. /test1", "^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+$"),
  BODY_LIMIT_BYTES: integer(1024, 10_000_000, 100_000, "the largest request body"),
  CORS_ORIGINS: optional("origins that browsers may call from, comma-separated", "^(\\*|https?://[^/,\\s]+(,\\s*https?://[^/,\\s]+)*)$"),

  DATABASE_HOST: optional("host of the Postgres server; without any database variable an embedded one is used"),
  DATABASE_PORT: Type.Optional(integer(1, 65535, undefined, "port of the Postgres server, 5432 when absent")),
  DATABASE_NAME: optional("name of the database"),
  DATABASE_USER: optional("database user"),
  DATABASE_SECRET_ARN: optional("secret in Secrets Manager with {username, password}", "^arn:aws[a-z-]*:secretsmanager:"),
  DATABASE_AUTH: Type.Optional(choice(["secret", "iam"], undefined, "secret: DATABASE_SECRET_ARN; iam: a token of the task role instead of a password")),
  DATABASE_READER_HOST: optional("copies of the database; not used, because a caller reads what it has just written"),
  DATABASE_CA_FILE: optional("certificate authorities to trust instead of those of RDS and RDS Proxy, a PEM file"),
  DATABASE_URL: Type.Optional(
    Type.String({ pattern: "^postgres(ql)?://", writeOnly: true, description: "postgres://user:password@host/name, for local use" }),
  ),
  DATABASE_DIR: optional("folder of the embedded database, in memory when absent"),
  DATABASE_POOL_SIZE: integer(1, 100, 10, "connections per process"),

  AWS_REGION: optional("region of the AWS services"),
  AWS_ENDPOINT_URL: optional("an emulated AWS instead of the real one", "^https?://"),
  UPLOADS_BUCKET: optional("bucket of the uploads; without it there are no upload routes"),
  REQUESTS_TABLE: optional("table of the answers by Idempotency-Key: partition key request, time to live ends; without it the header is refused"),
  ORDERS_QUEUE_URL: optional("queue that the worker consumes", "^https?://"),
  ORDERS_VISIBILITY_SECONDS: integer(1, 43_200, 60, "how long a received message stays invisible; renewed while in work"),
  RETENTION_DAYS: integer(1, 3650, 30, "age at which the clean-up job deletes test records and settled orders"),

  AUTH_MODE: choice(["none", "gateway", "jwt"], "none", "gateway: API Gateway has verified the token; jwt: the service does"),
  COGNITO_USER_POOL_ID: optional("user pool whose tokens are accepted", "^[a-z0-9-]+_[A-Za-z0-9]+$"),
  COGNITO_CLIENT_ID: optional("app client whose tokens are accepted"),
  RATE_LIMIT_PER_MINUTE: integer(0, 1_000_000, 600, "requests of one caller; 0 and AUTH_MODE=none, which knows no callers, are without limit"),
  REDIS_HOST: optional("cache in which all tasks count together, over TLS; without it each counts for itself"),
  REDIS_PORT: Type.Optional(integer(1, 65535, undefined, "port of the cache, 6379 when absent")),
  REDIS_USER: optional("user of the cache, who signs in with a token of the task role"),
  REDIS_CACHE_NAME: optional("name of the cache, which tokens are made for"),
  REDIS_SERVERLESS: Type.Optional(choice(["true", "false"], undefined, "whether the cache is serverless, which its tokens state")),
  REDIS_READER_HOST: optional("copies of the cache; not used, because counting writes"),

  OTEL_EXPORTER_OTLP_ENDPOINT: optional("collector for traces and metrics, e.g. http://localhost:4318", "^https?://"),
});

/** The environment after validation: numbers are numbers and defaults are filled in. */
export type Environment = Static<typeof environmentSchema>;

/** One row of the contract, as a test of the stack or a table in a document wants it. */
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
