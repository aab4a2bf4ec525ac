import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { Item, ItemPage } from "../items/item-schemas";
import { SmokeTest } from "../smoke/smoke-schemas";
import { Problem } from "./problem";

/** Generates the OpenAPI document from the schemas that validate and serialize. */
export const describeApi = Object.assign(registerDescription, { [Symbol.for("skip-override")]: true });

async function registerDescription(api: FastifyInstance, { authenticated }: { authenticated: boolean }): Promise<void> {
  for (const schema of [Problem, Item, ItemPage, SmokeTest]) api.addSchema(schema);
  await api.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Items service", version: "1.0.0", description: "Items, uploads and a test record" },
      ...(authenticated && {
        components: { securitySchemes: { token: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
        security: [{ token: [] }],
      }),
    },
    refResolver: { buildLocalReference: ({ $id }) => String($id) },
  });
}
