import type { Database } from "../database/database";
import type { OrderMessage } from "./order-message";

/** Result of an order; `duplicate` when it was settled before. */
export type Settlement = "accepted" | "rejected" | "duplicate";

/** Subtracts the ordered quantity from the item, once per order id even when the message is delivered several times. */
export function settleOrder(database: Database, { order_id, item_id, quantity }: OrderMessage): Promise<Settlement> {
  return database.transaction(async (transaction) => {
    // The insert comes first: a concurrent delivery of the same order waits here until the first transaction ends.
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
