import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Logger } from "pino";
import type { Database, Queryable } from "./database";

/** Folder of versioned SQL scripts, named `0001_what_it_does.sql`; a released script must not be edited. */
export const migrationsFolder = join(__dirname, "..", "..", "migrations");

const lock = 7_204_517;

/** Migrates the database to the newest schema: one transaction per file, one runner at a time. */
export async function migrate(database: Database, logger: Logger, folder = migrationsFolder): Promise<number> {
  await database.transaction(async (transaction) => {
    await transaction.query("select pg_advisory_xact_lock($1)", [lock]);
    await transaction.execute(`create table if not exists schema_migrations (
      version int primary key, file text not null, checksum text not null, applied_at timestamptz not null default now())`);
  });
  let applied = 0;
  for (const migration of await readMigrations(folder)) {
    const isNew = await database.transaction((transaction) => apply(transaction, migration));
    if (!isNew) continue;
    applied += 1;
    logger.info({ migration: migration.file }, "migration applied");
  }
  return applied;
}

/** The newest schema version of this build. */
export async function newestVersion(folder = migrationsFolder): Promise<number> {
  return (await readMigrations(folder)).length;
}

interface Migration {
  readonly version: number;
  readonly file: string;
  readonly script: string;
  readonly checksum: string;
}

async function apply(transaction: Queryable, { version, file, script, checksum }: Migration): Promise<boolean> {
  await transaction.query("select pg_advisory_xact_lock($1)", [lock]);
  const rows = await transaction.query<{ checksum: string }>("select checksum from schema_migrations where version = $1", [version]);
  const known = rows[0];
  if (known !== undefined) {
    if (known.checksum !== checksum) throw new Error(`${file} was changed after it was applied; add a new migration instead`);
    return false;
  }
  await transaction.execute(script);
  await transaction.query("insert into schema_migrations (version, file, checksum) values ($1, $2, $3)", [version, file, checksum]);
  return true;
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).sort();
  return Promise.all(
    files.map(async (file, index) => {
      const version = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)?.[1]);
      if (version !== index + 1) throw new Error(`${file}: must be named 0001_what.sql, 0002_what.sql, ... without a gap`);
      const script = await readFile(join(folder, file), "utf8");
      return { version, file, script, checksum: createHash("sha256").update(script).digest("hex") };
    }),
  );
}
