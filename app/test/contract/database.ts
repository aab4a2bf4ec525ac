import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Database } from "../../src/database/database";
import { migrate } from "../../src/database/migrations";
import { settleOrder } from "../../src/orders/order-store";
import { cleanUp } from "../../src/cleanup/clean-up";
import { quiet } from "../fixtures/api";

const id = (digit: number) => `00000000-0000-4000-8000-${String(digit).padStart(12, "0")}`;

/** Tests of any Postgres, embedded or on a server; `open` returns an empty database. */
export function describeDatabase(kind: string, open: () => Promise<Database>): void {
  describe(`the database ${kind}`, () => {
    let database: Database;
    const folder = mkdtempSync(join(tmpdir(), "migrations-"));

    before(async () => {
      database = await open();
    });
    after(async () => {
      rmSync(folder, { recursive: true });
      await database.close();
    });

    it("is migrated once by concurrent runners", async () => {
      const applied = await Promise.all([migrate(database, quiet), migrate(database, quiet)]);
      assert.equal(applied[0] + applied[1], 3);
      assert.equal(await migrate(database, quiet), 0);
    });

    it("rolls back a migration that fails", async () => {
      for (const file of ["0001_items.sql", "0002_tests.sql", "0003_orders.sql"]) {
        writeFileSync(join(folder, file), readFileSync(join(__dirname, "..", "..", "migrations", file)));
      }
      writeFileSync(join(folder, "0004_broken.sql"), "create table half (a int); select nonsense;");
      await assert.rejects(migrate(database, quiet, folder), /nonsense/);
      await assert.rejects(database.query("select 1 from half"), /does not exist/);
      writeFileSync(join(folder, "0004_broken.sql"), "create table half (a int);");
      assert.equal(await migrate(database, quiet, folder), 1);
      await database.execute("drop table half; delete from schema_migrations where version = 4");
    });

    it("rejects a migration that was changed after it was applied", async () => {
      writeFileSync(join(folder, "0002_tests.sql"), "select 1;");
      await assert.rejects(migrate(database, quiet, folder), /0002_tests.sql was changed after it was applied/);
    });

    it("rejects a gap in the migration numbers", async () => {
      writeFileSync(join(folder, "0006_late.sql"), "select 1;");
      await assert.rejects(migrate(database, quiet, folder), /without a gap/);
    });

    it("rolls back a transaction that throws", async () => {
      const work = database.transaction(async (transaction) => {
        await transaction.query("insert into tests (message) values ('lost')");
        throw new Error("rollback requested");
      });
      await assert.rejects(work, /rollback requested/);
      assert.deepEqual(await database.query("select message from tests"), []);
    });

    it("settles an order once when it is delivered several times concurrently", async () => {
      await database.query("insert into items (id, name, description, quantity) values ($1, 'a', '', 10)", [id(1)]);
      const order = { order_id: id(2), item_id: id(1), quantity: 4 };
      const outcomes = await Promise.all([1, 2, 3].map(() => settleOrder(database, order)));
      assert.deepEqual(outcomes.sort(), ["accepted", "duplicate", "duplicate"]);
      assert.deepEqual(await database.query("select quantity, version from items where id = $1", [id(1)]), [{ quantity: 6, version: 2 }]);
    });

    it("rejects an order above the available quantity, and an order for an unknown item", async () => {
      assert.equal(await settleOrder(database, { order_id: id(3), item_id: id(1), quantity: 7 }), "rejected");
      assert.equal(await settleOrder(database, { order_id: id(4), item_id: id(9), quantity: 1 }), "rejected");
      assert.deepEqual(await database.query("select quantity from items where id = $1", [id(1)]), [{ quantity: 6 }]);
      assert.equal(await settleOrder(database, { order_id: id(4), item_id: id(1), quantity: 1 }), "duplicate");
    });

    it("deletes rows older than the retention in batches, and keeps the others", async () => {
      await database.execute(`delete from tests; insert into tests (message, created_at)
        select 'old', now() - interval '31 days' from generate_series(1, 2500);
        insert into tests (message, created_at) values ('young', now() - interval '29 days')`);
      assert.deepEqual(await cleanUp(database, 30), { tests: 2500, orders: 0 });
      assert.deepEqual(await database.query("select message from tests"), [{ message: "young" }]);
      await database.execute("update orders set created_at = now() - interval '31 days'");
      assert.deepEqual(await cleanUp(database, 30), { tests: 0, orders: 3 });
    });
  });
}
