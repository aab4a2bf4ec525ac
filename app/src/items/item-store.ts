import type { Database } from "../database/database";
import { decodeCursor, encodeCursor } from "./cursor";
import type { Item, ItemInput, ItemPage } from "./item-schemas";

const columns = "id, name, description, quantity, version, created_at, updated_at";

/** Result of a change that requires a version: done, or refused because the item is absent or has another version. */
export type Outcome<T> = { readonly done: T } | { readonly refused: "absent" | "changed" };

/** The items in the database. */
export class ItemStore {
  constructor(private readonly database: Database) {}

  async create({ name, description = "", quantity = 0 }: ItemInput): Promise<Item> {
    const sql = `insert into items (name, description, quantity) values ($1, $2, $3) returning ${columns}`;
    const [item] = await this.database.query<Item>(sql, [name, description, quantity]);
    if (item === undefined) throw new Error("an insert returned no row");
    return item;
  }

  async read(id: string): Promise<Item | undefined> {
    const [item] = await this.database.query<Item>(`select ${columns} from items where id = $1`, [id]);
    return item;
  }

  async page(limit: number, cursor: string | undefined): Promise<ItemPage> {
    const sql = `select ${columns}, position::text as cursor from items where position > $1 order by position limit $2`;
    // One row more than requested shows whether there is a next page.
    const rows = await this.database.query<Item & { cursor: string }>(sql, [decodeCursor(cursor), limit + 1]);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return rows.length > limit && last !== undefined ? { items, next_cursor: encodeCursor(last.cursor) } : { items };
  }

  async replace(id: string, version: number | undefined, input: ItemInput): Promise<Outcome<Item>> {
    const { name, description = "", quantity = 0 } = input;
    const sql = `update items set name = $3, description = $4, quantity = $5, version = version + 1, updated_at = now()
      where id = $1 and version = coalesce($2, version) returning ${columns}`;
    const [item] = await this.database.query<Item>(sql, [id, version ?? null, name, description, quantity]);
    return item === undefined ? this.refusal(id) : { done: item };
  }

  async remove(id: string, version: number | undefined): Promise<Outcome<string>> {
    const sql = "delete from items where id = $1 and version = coalesce($2, version) returning id";
    const [item] = await this.database.query<{ id: string }>(sql, [id, version ?? null]);
    return item === undefined ? this.refusal(id) : { done: item.id };
  }

  private async refusal(id: string): Promise<{ refused: "absent" | "changed" }> {
    return { refused: (await this.read(id)) === undefined ? "absent" : "changed" };
  }
}
