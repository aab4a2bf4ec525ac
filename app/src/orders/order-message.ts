import { Type, type Static } from "@sinclair/typebox";
import { strictAjv } from "../validation";

/** A message of the orders queue. */
export const OrderMessage = Type.Object(
  {
    order_id: Type.String({ format: "uuid", description: "set by the sender; messages with the same id are the same order" }),
    item_id: Type.String({ format: "uuid" }),
    quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  },
  { additionalProperties: false },
);

export type OrderMessage = Static<typeof OrderMessage>;

const isOrder = strictAjv.compile<OrderMessage>(OrderMessage);

/** Parses the body of a message; throws when it is not an order. */
export function parseOrder(body: string | undefined): OrderMessage {
  const message: unknown = JSON.parse(body ?? "");
  if (isOrder(message)) return message;
  throw new Error(`not an order: ${(isOrder.errors ?? []).map((error) => `${error.instancePath} ${error.message}`.trim()).join(", ")}`);
}
