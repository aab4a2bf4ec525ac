import { DatabaseUnavailable } from "./database";

// https://www.postgresql.org/docs/current/errcodes-appendix.html: 08 connection, 53 resources, 57P0x shutdown and start-up.
// 25006 is what the former primary answers after a failover, 57014 a statement over its time.
const transientStates = /^(08...|53...|57P0.|57014|25006)$/;
const networkErrors = /^(ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;
// node-postgres gives these no code.
const driverMessages = /^(Connection terminated|timeout exceeded|Query read timeout|Client has encountered a connection error)/;

/** Turns what a driver throws when its server is away into {@link DatabaseUnavailable}; other errors stay. */
export function classify(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseUnavailable) return error;
  const code = errorCode(error) ?? "";
  const away = transientStates.test(code) || networkErrors.test(code) || driverMessages.test(error.message);
  return away ? new DatabaseUnavailable(error) : error;
}

/** The SQLSTATE or system error code of a driver's error. */
export function errorCode(error: unknown): string | undefined {
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
