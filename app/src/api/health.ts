import { Type } from "@sinclair/typebox";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import type { Database } from "../database/database";
import { newestVersion } from "../database/migrations";
import { errorCode } from "../database/unavailable";
import { problems, ProblemError } from "./problem";

/** Whether the process is on its way out. */
export interface Lifecycle {
  draining: boolean;
}

// Always at the root and without a token, whatever is asked of other callers.
const probe = { servers: [{ url: "/" }], security: [] };
const Status = Type.Object({ status: Type.String() });
const undefinedTable = "42P01";

/** `/health`: the process answers. `/ready`: it can also do its work. */
export const healthRoutes: FastifyPluginAsyncTypebox<{ database: Database; lifecycle: Lifecycle }> = async (
  api,
  { database, lifecycle },
) => {
  const needed = await newestVersion();

  const live = { ...probe, operationId: "getHealth", response: { 200: Status } };
  // It logs nothing, and a logger for each request would be its largest cost.
  api.get("/health", { schema: live, childLoggerFactory: (logger) => logger }, (_request, reply) => {
    reply.send({ status: "ok" });
  });

  api.get("/ready", { schema: { ...probe, operationId: "getReady", response: { 200: Status, ...problems(503) } } }, async () => {
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
