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
  // After a failover or an endpoint change, all connections use the new server within this time, even if the old ones stay open.
  maxLifetimeSeconds: 900,
  statement_timeout: 10_000,
  // Longer than statement_timeout: applies only when the server does not respond.
  query_timeout: 12_000,
  keepAlive: true,
  application_name: "items-service",
};

/** For long-running work: a migration builds indexes, and waits for other runners. */
export const noTimeLimit: PoolConfig = { statement_timeout: 0, query_timeout: 0 };

/** Opens a pool of connections to a Postgres server; reads a rejected password again, once per connection. */
export function openPostgres(config: PoolConfig, logger: Logger, password?: PasswordSource): Database {
  const pool = new Pool({ ...limits, ...config, ...(password && { password: () => password.read() }) });
  // Without error listeners, a lost connection, idle or between two statements, would end the process.
  const lost = (error: Error) => logger.warn({ err: error }, "a database connection was lost");
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", lost));

  async function connect(): Promise<PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      if (password === undefined || errorCode(error) !== passwordRefused) throw new DatabaseUnavailable(error);
      logger.info("the database rejected the password; reading it again");
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
    // Report the first error; a rollback fails only when the connection is lost.
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
