import { Type } from "@sinclair/typebox";
import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { callerProblems, creationProblems, ProblemError } from "../api/problem";
import type { Database } from "../database/database";
import { RepeatHeaders } from "../repeats/repeatable";
import { etagOf, expectedVersion, isKnown } from "./etag";
import { Item, ItemInput, ItemPage, ItemPath, PageQuery, pageSize } from "./item-schemas";
import { ItemStore, type Outcome } from "./item-store";

const IfMatch = Type.Object({ "if-match": Type.Optional(Type.String({ description: "ETag of the item that was read" })) });
const IfNoneMatch = Type.Object({ "if-none-match": Type.Optional(Type.String()) });
const itemAnswer = Type.Unsafe<Item>({ $ref: "Item#" });
const pageAnswer = Type.Unsafe<ItemPage>({ $ref: "ItemPage#" });
const nothing = Type.Unsafe<undefined>(Type.Null({ description: "No content" }));

/** Items: a paginated collection, and single items whose changes require the current ETag in If-Match. */
export const itemRoutes: FastifyPluginAsyncTypebox<{ database: Database }> = async (api, { database }) => {
  const store = new ItemStore(database);

  const list = { operationId: "listItems", querystring: PageQuery, response: { 200: pageAnswer, ...callerProblems() } };
  api.get("/api/items", { schema: list }, ({ query }) => store.page(query.limit ?? pageSize, query.cursor));

  const create = { operationId: "createItem", headers: RepeatHeaders, body: ItemInput, response: { 201: itemAnswer, ...creationProblems } };
  api.post("/api/items", { schema: create }, async ({ body }, reply) => {
    const item = await store.create(body);
    return reply.code(201).header("location", `${api.prefix}/api/items/${item.id}`).header("etag", etagOf(item.version)).send(item);
  });

  const read = {
    operationId: "getItem",
    params: ItemPath,
    headers: IfNoneMatch,
    response: { 200: itemAnswer, 304: nothing, ...callerProblems(404) },
  };
  api.get("/api/items/:id", { schema: read }, async ({ params, headers }, reply) => {
    const item = await store.read(params.id);
    if (item === undefined) throw absent();
    reply.header("etag", etagOf(item.version));
    return isKnown(headers["if-none-match"], item.version) ? reply.code(304).send(undefined) : reply.send(item);
  });

  const replace = {
    operationId: "replaceItem",
    params: ItemPath,
    headers: IfMatch,
    body: ItemInput,
    response: { 200: itemAnswer, ...callerProblems(404, 412, 413, 415, 428) },
  };
  api.put("/api/items/:id", { schema: replace }, async ({ params, headers, body }, reply) => {
    const item = settle(await store.replace(params.id, expectedVersion(headers["if-match"]), body));
    return reply.header("etag", etagOf(item.version)).send(item);
  });

  const remove = {
    operationId: "deleteItem",
    params: ItemPath,
    headers: IfMatch,
    response: { 204: nothing, ...callerProblems(404, 412, 428) },
  };
  api.delete("/api/items/:id", { schema: remove }, async ({ params, headers }, reply) => {
    settle(await store.remove(params.id, expectedVersion(headers["if-match"])));
    return reply.code(204).send(undefined);
  });
};

function settle<T>(outcome: Outcome<T>): T {
  if ("done" in outcome) return outcome.done;
  throw outcome.refused === "absent" ? absent() : new ProblemError(412, "the item has changed since it was read");
}

function absent(): ProblemError {
  return new ProblemError(404, "there is no item with this id");
}
