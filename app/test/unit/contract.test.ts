import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { environmentVariables } from "../../src/environment";
import { appFolder } from "../fixtures/dockerfile";
import { openApiDocument } from "../fixtures/document";

const read = (file: string) => JSON.parse(readFileSync(join(appFolder, file), "utf8"));

describe("environment.json", () => {
  it("matches the variables of the service; npm run contract updates it", () => {
    assert.deepEqual(read("environment.json"), JSON.parse(JSON.stringify(environmentVariables)));
  });

  it("has the variables that the stack sets", () => {
    const names = read("environment.json").map(({ name }: { name: string }) => name);
    const set = ["PORT", "KEEP_ALIVE_SECONDS", "STOP_TIMEOUT_SECONDS", "BASE_PATH", "UPLOADS_BUCKET", "ORDERS_QUEUE_URL", "DATABASE_HOST", "DATABASE_SECRET_ARN", "REDIS_HOST", "REQUESTS_TABLE"];
    assert.deepEqual(set.filter((name) => !names.includes(name)), []);
  });
});

describe("openapi.json", () => {
  const written = read("openapi.json");

  it("matches the routes of the service; npm run contract updates it", async () => {
    assert.deepEqual(written, await openApiDocument());
  });

  it("has the routes that a stage declares", () => {
    const routes = Object.entries<object>(written.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
    assert.deepEqual(routes.sort(), [
      "delete /api/items/{id}",
      "get /api/items",
      "get /api/items/{id}",
      "get /api/uploads/{id}",
      "get /health",
      "get /ready",
      "get /test/{test_id}",
      "post /api/items",
      "post /api/uploads",
      "post /test",
      "put /api/items/{id}",
    ]);
  });
});
