import { DependencyUnavailable } from "../dependency";

/** Runs SQL; values always travel as parameters. */
export interface Queryable {
  /** Runs one statement and gives its rows; the caller states their shape. */
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

/** The database cannot be used at this moment. */
export class DatabaseUnavailable extends DependencyUnavailable {
  constructor(cause: unknown) {
    super("database", cause);
  }
}
