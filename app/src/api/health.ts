import { Type } from "@sinclair/typebox";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { Database } from "../database/database";
import { newestVersion } from "../database/migrations";
import { errorCode } from "../database/unavailable";
import { problems, ProblemError } from "./problem";
import { logWithId, type Lifecycle } from "./request-log";

/** Dependencies of the probes. */
export interface HealthRoutesProps {
  readonly database: Database;
  readonly lifecycle: Lifecycle;
  readonly logger: Logger;
}

// Probes are always at the root and need no token.
const probe = { servers: [{ url: "/" }], security: [] };
const Status = Type.Object({ status: Type.String() });
const undefinedTable = "42P01";

/** `/health` is 200 while the process runs; `/ready` also requires a database with the newest schema, and no shutdown in progress. */
export const healthRoutes: FastifyPluginAsyncTypebox<HealthRoutesProps> = async (api, { database, lifecycle, logger }) => {
  const needed = await newestVersion();

  const live = { ...probe, operationId: "getHealth", response: { 200: Status } };
  api.get("/health", { schema: live }, (_request, reply) => {
    reply.send({ status: "ok" });
  });

  const ready = { ...probe, operationId: "getReady", response: { 200: Status, ...problems(503) } };
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => logWithId(request, reply, logger);
  api.get("/ready", { schema: ready, onRequest }, async () => {
    if (lifecycle.draining) throw new ProblemError(503, "the service is stopping");
    if ((await schemaVersion(database)) < needed) {
      throw new ProblemError(503, "the database has not been migrated", { "retry-after": "10" });
    }
    return { status: "ready" };
  });
};

async function schemaVersion(database: Database): Promise<number> {
  try {
    const rows = await database.query<{ version: number | null }>("select max(version) as version from schema_migrations");
    return rows[0]?.version ?? 0;
  } catch (error) {
    if (errorCode(error) === undefinedTable) return 0;
    throw error;
  }
}
