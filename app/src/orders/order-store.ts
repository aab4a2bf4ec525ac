import type { Database } from "../database/database";
import type { OrderMessage } from "./order-message";

/** What became of an order; `duplicate` when it had been settled before. */
export type Settlement = "accepted" | "rejected" | "duplicate";

/** Takes the ordered quantity from the item, once however often the order arrives. */
export function settleOrder(database: Database, { order_id, item_id, quantity }: OrderMessage): Promise<Settlement> {
  return database.transaction(async (transaction) => {
    // The insert comes first: a second delivery at the same time waits here for the first one's outcome.
    const inserted = await transaction.query(
      "insert into orders (order_id, item_id, quantity, status) values ($1, $2, $3, 'accepted') on conflict do nothing returning order_id",
      [order_id, item_id, quantity],
    );
    if (inserted.length === 0) return "duplicate";
    const taken = await transaction.query(
      `update items set quantity = quantity - $2, version = version + 1, updated_at = now()
       where id = $1 and quantity >= $2 returning id`,
      [item_id, quantity],
    );
    if (taken.length > 0) return "accepted";
    await transaction.query("update orders set status = 'rejected' where order_id = $1", [order_id]);
    return "rejected";
  });
}
