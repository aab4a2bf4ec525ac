import { objects, text, type JsonObject } from "../../wire/json";
import { type DocumentCheck, type Refusal } from "../document";
import { invalidValue as invalid } from "../refusals";
import { numberOf } from "../values";

/** Values of parameters whose meaning is the same in all versions of PostgreSQL, and how many a request changes. */
export const parameterValues: DocumentCheck = {
  service: "rds",
  operations: ["ModifyDBParameterGroup", "ModifyDBClusterParameterGroup"],
  source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html",
  check: ({ Parameters }) => {
    const all = objects(Parameters);
    return all.length > mostParameters
      ? invalid(`A maximum of ${mostParameters} parameters can be modified in a single request.`)
      : all.map(valueProblem).find((refusal) => refusal !== undefined);
  },
};

// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBParameterGroup.html
const mostParameters = 20;

/** Words that a parameter can have; RDS writes booleans as 0 and 1. */
const words: Readonly<Record<string, readonly string[] | undefined>> = {
  "rds.force_ssl": ["0", "1"],
  "rds.logical_replication": ["0", "1"],
  log_statement: ["none", "ddl", "mod", "all"],
  log_error_verbosity: ["terse", "default", "verbose"],
  default_transaction_isolation: ["serializable", "repeatable read", "read committed", "read uncommitted"],
};

/** The least and the most of a parameter. https://www.postgresql.org/docs/17/runtime-config.html */
const ranges: Readonly<Record<string, readonly [number, number] | undefined>> = {
  log_min_duration_statement: [-1, 2147483647],
  log_autovacuum_min_duration: [-1, 2147483647],
  log_temp_files: [-1, 2147483647],
  statement_timeout: [0, 2147483647],
  lock_timeout: [0, 2147483647],
  idle_in_transaction_session_timeout: [0, 2147483647],
  work_mem: [64, 2147483647],
  maintenance_work_mem: [64, 2147483647],
  max_wal_senders: [0, 262143],
  max_replication_slots: [0, 262143],
};

function valueProblem({ ParameterName, ParameterValue }: JsonObject): Refusal | undefined {
  const [name, value] = [text(ParameterName), text(ParameterValue)];
  // A value can be a formula, such as {DBInstanceClassMemory/9531392}.
  if (value === "" || value.includes("{")) return undefined;
  const [allowed, range] = [words[name], ranges[name]];
  if (allowed && !allowed.includes(value.toLowerCase())) {
    return invalid(`Invalid parameter value: ${value} for: ${name} allowed values are: ${allowed.join(",")}`);
  }
  if (!range) return undefined;
  const number = numberOf(value);
  return number === undefined || number < range[0] || number > range[1]
    ? invalid(`Invalid parameter value: ${value} for: ${name} allowed values are: ${range.join("-")}`)
    : undefined;
}
