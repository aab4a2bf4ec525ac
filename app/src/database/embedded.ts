import { PGlite, type Transaction } from "@electric-sql/pglite";
import type { Database, Queryable } from "./database";

/** Opens Postgres inside this process, in memory or in `directory`. */
export async function openEmbedded(directory?: string): Promise<Database> {
  const pglite = await (directory === undefined ? PGlite.create() : PGlite.create(directory));
  return {
    ...queryable(pglite),
    transaction: (work) => pglite.transaction((transaction) => work(queryable(transaction))),
    close: () => pglite.close(),
  };
}

function queryable(connection: PGlite | Transaction): Queryable {
  return {
    query: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
      (await connection.query<Row>(sql, [...values])).rows,
    execute: async (script) => {
      await connection.exec(script);
    },
  };
}
