import { Type, type Static } from "@sinclair/typebox";
import { strictAjv } from "../validation";

/** A message of the orders queue. */
export const OrderMessage = Type.Object(
  {
    order_id: Type.String({ format: "uuid", description: "given by the sender: the same id is the same order" }),
    item_id: Type.String({ format: "uuid" }),
    quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  },
  { additionalProperties: false },
);

export type OrderMessage = Static<typeof OrderMessage>;

const isOrder = strictAjv.compile<OrderMessage>(OrderMessage);

/** Reads the body of a message; one that can never be an order throws. */
export function parseOrder(body: string | undefined): OrderMessage {
  const message: unknown = JSON.parse(body ?? "");
  if (isOrder(message)) return message;
  throw new Error(`not an order: ${(isOrder.errors ?? []).map((error) => `${error.instancePath} ${error.message}`.trim()).join(", ")}`);
}
