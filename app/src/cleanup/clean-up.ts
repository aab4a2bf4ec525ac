import type { Database } from "../database/database";

const batch = 1_000;

/** Number of deleted rows per table. */
export interface CleanedUp {
  readonly tests: number;
  readonly orders: number;
}

/** Deletes test records and orders older than `days`, in batches that lock few rows at a time. */
export async function cleanUp(database: Database, days: number): Promise<CleanedUp> {
  return {
    tests: await deleteOld(database, "tests", "test_id", days),
    orders: await deleteOld(database, "orders", "order_id", days),
  };
}

async function deleteOld(database: Database, table: "tests" | "orders", key: string, days: number): Promise<number> {
  const sql = `delete from ${table} where ${key} in (
    select ${key} from ${table} where created_at < now() - make_interval(days => $1) limit $2) returning 1 as one`;
  let total = 0;
  for (;;) {
    const deleted = (await database.query(sql, [days, batch])).length;
    total += deleted;
    if (deleted < batch) return total;
  }
}
