import { DependencyUnavailable } from "../dependency";

/** Runs SQL; values are always passed as parameters. */
export interface Queryable {
  /** Runs one statement and returns its rows as `Row`, which is not checked. */
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs a script of several statements without parameters. */
  execute(script: string): Promise<void>;
}

/** A Postgres database, on a server or embedded in the process. */
export interface Database extends Queryable {
  /** Runs `work` in one transaction, which is rolled back when it throws. */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The database is temporarily unavailable. */
export class DatabaseUnavailable extends DependencyUnavailable {
  constructor(cause: unknown) {
    super("database", cause);
  }
}
