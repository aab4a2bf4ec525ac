import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { openApiDocument } from "../fixtures/document";

describe("openapi.json", () => {
  const written = JSON.parse(readFileSync(join(__dirname, "..", "..", "openapi.json"), "utf8"));

  it("is what the routes say: npm run openapi writes it", async () => {
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
