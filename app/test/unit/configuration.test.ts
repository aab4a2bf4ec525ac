import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ConfigurationError, readConfiguration } from "../../src/configuration";
import { environmentVariables } from "../../src/environment";

const server = { DATABASE_HOST: "db", DATABASE_NAME: "items", DATABASE_USER: "admin", AWS_REGION: "us-east-1" };
const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-1";

function problemsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfiguration(environment);
  } catch (error) {
    assert(error instanceof ConfigurationError);
    return error.problems;
  }
  return [];
}

describe("the configuration", () => {
  it("has defaults for all variables: port 8080, embedded database, no authentication", () => {
    const { environment, database, auth, corsOrigins, drainSeconds } = readConfiguration({});
    assert.equal(environment.PORT, 8080);
    assert.equal(environment.HOST, "0.0.0.0");
    assert.equal(environment.KEEP_ALIVE_SECONDS, 65);
    assert.equal(environment.BODY_LIMIT_BYTES, 100_000);
    assert.deepEqual(database, { kind: "embedded", directory: undefined });
    assert.deepEqual(auth, { mode: "none" });
    assert.deepEqual(corsOrigins, []);
    assert.equal(drainSeconds, 25);
  });

  it("treats an empty string as absent", () => {
    assert.equal(readConfiguration({ PORT: "", DATABASE_HOST: "" }).environment.PORT, 8080);
  });

  it("reads a server with a managed secret", () => {
    assert.deepEqual(readConfiguration({ ...server, DATABASE_SECRET_ARN: arn }).database, {
      kind: "server",
      host: "db",
      port: 5432,
      name: "items",
      user: "admin",
      caFile: undefined,
      credentials: { kind: "secret", arn },
    });
  });

  it("reads a server with IAM tokens of the task role", () => {
    const { database } = readConfiguration({ ...server, DATABASE_AUTH: "iam" });
    assert(database.kind === "server");
    assert.deepEqual(database.credentials, { kind: "iam", region: "us-east-1" });
  });

  it("reads a cache, serverless or not", () => {
    const cache = { REDIS_HOST: "cache", REDIS_USER: "services", REDIS_CACHE_NAME: "name", AWS_REGION: "us-east-1" };
    const settings = { host: "cache", port: 6379, user: "services", name: "name", isServerless: false, region: "us-east-1" };
    assert.deepEqual(readConfiguration(cache).cache, settings);
    assert.deepEqual(readConfiguration({ ...cache, REDIS_SERVERLESS: "true", REDIS_PORT: "6380" }).cache, { ...settings, isServerless: true, port: 6380 });
    assert.equal(readConfiguration({}).cache, undefined);
  });

  it("splits the CORS origins", () => {
    const { corsOrigins } = readConfiguration({ CORS_ORIGINS: "https://a.example, https://b.example" });
    assert.deepEqual(corsOrigins, ["https://a.example", "https://b.example"]);
  });

  it("limits a stop to the container's stopTimeout minus 5 s", () => {
    assert.equal(readConfiguration({ STOP_TIMEOUT_SECONDS: "60" }).drainSeconds, 55);
  });

  it("lists every problem in one error, with the value and the description of the variable", () => {
    const problems = problemsOf({ PORT: "http", LOG_LEVEL: "loud", CORS_ORIGINS: "nowhere" });
    assert.equal(problems.length, 3);
    assert.match(problems.join("\n"), /PORT: "http" must be integer \(the port to listen on/);
    assert.match(problems.join("\n"), /LOG_LEVEL: "loud" must be equal to one of the allowed values: fatal,error/);
  });

  it("does not include a secret in an error", () => {
    assert.doesNotMatch(problemsOf({ DATABASE_URL: "mysql://admin:hunter2@db" }).join("\n"), /hunter2/);
  });

  const refusals: [what: string, environment: NodeJS.ProcessEnv, message: RegExp][] = [
    ["a server without a name", { ...server, DATABASE_NAME: "", DATABASE_SECRET_ARN: arn }, /DATABASE_NAME: is required/],
    ["a server without a user", { ...server, DATABASE_USER: "", DATABASE_SECRET_ARN: arn }, /DATABASE_USER: is required/],
    ["a server without credentials", server, /DATABASE_SECRET_ARN: is required/],
    ["two kinds of credentials", { ...server, DATABASE_AUTH: "iam", DATABASE_SECRET_ARN: arn }, /cannot be combined with DATABASE_AUTH=iam/],
    ["a server and an embedded folder", { ...server, DATABASE_SECRET_ARN: arn, DATABASE_DIR: "data" }, /DATABASE_DIR: cannot be combined/],
    ["a URL and a server", { ...server, DATABASE_URL: "postgres://db/items" }, /DATABASE_HOST: cannot be combined with DATABASE_URL/],
    ["a database name without a server", { DATABASE_NAME: "items" }, /DATABASE_NAME: is set without DATABASE_HOST/],
    ["a table without a region", { REQUESTS_TABLE: "requests" }, /AWS_REGION: is required by REQUESTS_TABLE/],
    ["a cache without a region", { REDIS_HOST: "cache", REDIS_USER: "services", REDIS_CACHE_NAME: "cache" }, /AWS_REGION: is required by REDIS_HOST/],
    ["a cache without a user", { REDIS_HOST: "cache", REDIS_CACHE_NAME: "cache" }, /REDIS_USER: is required by REDIS_HOST/],
    ["a cache without a name", { REDIS_HOST: "cache", REDIS_USER: "services" }, /REDIS_CACHE_NAME: is required by REDIS_HOST/],
    ["a cache user without a cache", { REDIS_USER: "services" }, /REDIS_USER: is set without REDIS_HOST/],
    ["a reader host without a database", { DATABASE_READER_HOST: "reader" }, /DATABASE_READER_HOST: is set without DATABASE_HOST/],
    ["tokens without a pool", { AUTH_MODE: "jwt" }, /COGNITO_USER_POOL_ID: is required by AUTH_MODE=jwt/],
    ["a bucket without a region", { UPLOADS_BUCKET: "uploads" }, /AWS_REGION: is required by UPLOADS_BUCKET/],
    ["a drain delay that leaves no time", { DRAIN_DELAY_SECONDS: "25" }, /DRAIN_DELAY_SECONDS: must be less than/],
    ["a base path without a slash", { BASE_PATH: "test1" }, /BASE_PATH: "test1" must match pattern/],
    ["a base path that ends in a slash", { BASE_PATH: "/test1/" }, /BASE_PATH: "\/test1\/" must match pattern/],
    ["a base path with a parameter", { BASE_PATH: "/:any" }, /BASE_PATH: "\/:any" must match pattern/],
    ["a base path with ..", { BASE_PATH: "/a/../b" }, /BASE_PATH: "\/a\/..\/b" must match pattern/],
    ["a base path that is a path of the service", { BASE_PATH: "/test/a" }, /BASE_PATH: must not begin with \/test, a path/],
    ["a port above 65535", { PORT: "65536" }, /PORT: "65536" must be <= 65535/],
    ["a stop timeout above Fargate's", { STOP_TIMEOUT_SECONDS: "121" }, /STOP_TIMEOUT_SECONDS: "121" must be <= 120/],
  ];
  for (const [what, environment, message] of refusals) {
    it(`rejects ${what}`, () => {
      assert.match(problemsOf(environment).join("\n"), message);
    });
  }
});

describe("the environment contract", () => {
  it("has no variable that is always required", () => {
    assert.deepEqual(environmentVariables.filter(({ optional }) => !optional), []);
  });

  it("marks the only secret", () => {
    assert.deepEqual(environmentVariables.filter(({ secret }) => secret).map(({ name }) => name), ["DATABASE_URL"]);
  });

  it("describes every variable", () => {
    assert.deepEqual(environmentVariables.filter(({ description = "" }) => description.length < 10), []);
  });
});
