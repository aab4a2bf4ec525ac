import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import type { Configuration } from "../configuration";
import { Item, ItemPage } from "../items/item-schemas";
import { SmokeTest } from "../smoke/smoke-schemas";
import { Problem } from "./problem";

/** Generates the OpenAPI document from the schemas that validate and serialize. */
export const describeApi = Object.assign(registerDescription, { [Symbol.for("skip-override")]: true });

async function registerDescription(api: FastifyInstance, { auth, environment }: Configuration): Promise<void> {
  const { BASE_PATH: basePath } = environment;
  for (const schema of [Problem, Item, ItemPage, SmokeTest]) api.addSchema(schema);
  await api.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Items service", version: "1.0.0", description: "Items, uploads and a test record" },
      ...(basePath !== undefined && { servers: [{ url: basePath }, { url: "/" }] }),
      ...(auth.mode !== "none" && {
        components: { securitySchemes: { token: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
        security: [{ token: [] }],
      }),
    },
    refResolver: { buildLocalReference: ({ $id }) => String($id) },
  });
}
