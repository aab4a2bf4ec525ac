import { Type } from "@sinclair/typebox";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { callerProblems, creationProblems, ProblemError } from "../api/problem";
import type { Database } from "../database/database";
import { RepeatHeaders } from "../repeats/repeatable";
import { SmokeInput, SmokeTest } from "./smoke-schemas";

const answer = Type.Unsafe<SmokeTest>({ $ref: "Test#" });
const columns = "test_id, message, created_at";

/** Smoke test of a deployment: one write and one read through every layer, under the prefix. */
export const smokeRoutes: FastifyPluginAsyncTypebox<{ database: Database }> = async (api, { database }) => {
  const create = { operationId: "createTest", headers: RepeatHeaders, body: SmokeInput, response: { 201: answer, ...creationProblems } };
  api.post("", { schema: create }, async ({ body }, reply) => {
    const [test] = await database.query<SmokeTest>(`insert into tests (message) values ($1) returning ${columns}`, [body.message]);
    if (test === undefined) throw new Error("an insert returned no row");
    return reply.code(201).header("location", `${api.prefix}/${test.test_id}`).send(test);
  });

  const params = Type.Object({ test_id: Type.String({ format: "uuid" }) });
  const read = { operationId: "getTest", params, response: { 200: answer, ...callerProblems(404) } };
  api.get("/:test_id", { schema: read }, async (request) => {
    const [test] = await database.query<SmokeTest>(`select ${columns} from tests where test_id = $1`, [request.params.test_id]);
    if (test === undefined) throw new ProblemError(404, "there is no test record with this id");
    return test;
  });
};
