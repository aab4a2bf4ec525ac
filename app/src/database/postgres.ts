import type { Logger } from "pino";
import { Pool, type PoolClient, type PoolConfig } from "pg";
import type { PasswordSource } from "./credentials";
import type { Database, Queryable } from "./database";
import { DatabaseUnavailable } from "./database";
import { classify, errorCode } from "./unavailable";

const passwordRefused = "28P01";

const limits: PoolConfig = {
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 60_000,
  // A failover or a new endpoint is followed within this time even when old connections stay up.
  maxLifetimeSeconds: 900,
  statement_timeout: 10_000,
  // Later than the server's own limit: it is for a server that does not answer at all.
  query_timeout: 12_000,
  keepAlive: true,
  application_name: "items-service",
};

/** For work that may take its time: a migration builds indexes, and waits for another runner. */
export const noTimeLimit: PoolConfig = { statement_timeout: 0, query_timeout: 0 };

/** Opens a pool of connections to a Postgres server; a refused password is read anew, once per connection. */
export function openPostgres(config: PoolConfig, logger: Logger, password?: PasswordSource): Database {
  const pool = new Pool({ ...limits, ...config, ...(password && { password: () => password.read() }) });
  // Without listeners the loss of a connection, idle or between two statements, would end the process.
  const lost = (error: Error) => logger.warn({ err: error }, "a database connection was lost");
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", lost));

  async function connect(): Promise<PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      if (password === undefined || errorCode(error) !== passwordRefused) throw new DatabaseUnavailable(error);
      logger.info("the database refused the password: reading it anew");
      password.forget();
      return pool.connect().catch((second: unknown) => {
        throw new DatabaseUnavailable(second);
      });
    }
  }

  async function withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    let client: PoolClient | undefined;
    try {
      client = await connect();
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      const failure = classify(error);
      client?.release(failure instanceof DatabaseUnavailable);
      throw failure;
    }
  }

  return {
    query: (sql, values) => withClient((client) => queryable(client).query(sql, values)),
    execute: (script) => withClient((client) => queryable(client).execute(script)),
    transaction: (work) => withClient((client) => inTransaction(client, work)),
    close: () => pool.end(),
  };
}

async function inTransaction<T>(client: PoolClient, work: (transaction: Queryable) => Promise<T>): Promise<T> {
  await client.query("begin");
  try {
    const result = await work(queryable(client));
    await client.query("commit");
    return result;
  } catch (error) {
    // The first error is the one to report; a rollback fails only when the connection is gone.
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

function queryable(client: PoolClient): Queryable {
  return {
    query: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(sql, [...values])).rows,
    execute: async (script) => {
      await client.query(script);
    },
  };
}
