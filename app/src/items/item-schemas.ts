import { Type, type Static } from "@sinclair/typebox";
import { plainText } from "../api/text";

/** The fields of an item that a caller sets. */
export const ItemInput = Type.Object(
  {
    name: plainText(1, 200),
    description: Type.Optional(plainText(0, 2_000)),
    quantity: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  },
  { additionalProperties: false },
);

/** An item in the database and in responses. */
export const Item = Type.Object(
  {
    id: Type.String({ format: "uuid" }),
    name: Type.String(),
    description: Type.String(),
    quantity: Type.Integer(),
    version: Type.Integer({ description: "the ETag without its quotes" }),
    created_at: Type.Unsafe<Date | string>(Type.String({ format: "date-time" })),
    updated_at: Type.Unsafe<Date | string>(Type.String({ format: "date-time" })),
  },
  { $id: "Item" },
);

/** One page of items, oldest first. */
export const ItemPage = Type.Object(
  {
    items: Type.Array(Type.Unsafe<Static<typeof Item>>({ $ref: "Item#" })),
    next_cursor: Type.Optional(Type.String({ description: "absent on the last page" })),
  },
  { $id: "ItemPage" },
);

/** The path of one item. */
export const ItemPath = Type.Object({ id: Type.String({ format: "uuid" }) });

/** Default number of items per page. */
export const pageSize = 20;

/** Pagination parameters. */
export const PageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: pageSize })),
  cursor: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_-]{1,32}$", description: "next_cursor of the previous page" })),
});

export type ItemInput = Static<typeof ItemInput>;
export type Item = Static<typeof Item>;
export type ItemPage = Static<typeof ItemPage>;
