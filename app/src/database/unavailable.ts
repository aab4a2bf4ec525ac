import { DatabaseUnavailable } from "./database";

// https://www.postgresql.org/docs/current/errcodes-appendix.html: 08 connection, 53 resources, 57P0x shutdown and start-up.
// 25006: the former primary after a failover is read-only. 57014: statement_timeout exceeded.
const transientStates = /^(08...|53...|57P0.|57014|25006)$/;
const networkErrors = /^(ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;
// node-postgres sets no code for these errors.
const driverMessages = /^(Connection terminated|timeout exceeded|Query read timeout|Client has encountered a connection error)/;

/** Converts driver errors of an unavailable server to {@link DatabaseUnavailable}; returns other errors unchanged. */
export function classify(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseUnavailable) return error;
  const code = errorCode(error) ?? "";
  const isUnavailable = transientStates.test(code) || networkErrors.test(code) || driverMessages.test(error.message);
  return isUnavailable ? new DatabaseUnavailable(error) : error;
}

/** The SQLSTATE or system error code of a driver's error. */
export function errorCode(error: unknown): string | undefined {
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
