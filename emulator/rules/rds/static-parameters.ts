// https://www.postgresql.org/docs/17/runtime-config.html: parameters that "can only be set at server start", and
// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html
const postgres: ReadonlySet<string> = new Set([
  "autovacuum_freeze_max_age",
  "autovacuum_max_workers",
  "autovacuum_multixact_freeze_max_age",
  "huge_pages",
  "logging_collector",
  "max_connections",
  "max_files_per_process",
  "max_locks_per_transaction",
  "max_logical_replication_workers",
  "max_pred_locks_per_transaction",
  "max_prepared_transactions",
  "max_replication_slots",
  "max_wal_senders",
  "max_worker_processes",
  "rds.logical_replication",
  "shared_buffers",
  "shared_preload_libraries",
  "superuser_reserved_connections",
  "track_activity_query_size",
  "track_commit_timestamp",
  "wal_buffers",
]);

// https://dev.mysql.com/doc/refman/8.0/en/server-system-variable-reference.html: variables that are not dynamic
const mysql: ReadonlySet<string> = new Set([
  "back_log",
  "ft_max_word_len",
  "ft_min_word_len",
  "innodb_autoinc_lock_mode",
  "innodb_buffer_pool_instances",
  "innodb_ft_max_token_size",
  "innodb_ft_min_token_size",
  "innodb_purge_threads",
  "innodb_read_io_threads",
  "innodb_write_io_threads",
  "lower_case_table_names",
  "performance_schema",
  "skip_name_resolve",
  "table_open_cache_instances",
]);

// https://www.postgresql.org/docs/18/runtime-config-vacuum.html
const reloadableFrom18 = "autovacuum_max_workers";

function isFrom18(family: string): boolean {
  return Number(/\d+$/.exec(family)?.[0]) >= 18;
}

/** Whether a parameter of a family is static: a change takes effect when the server starts. */
export function isStatic(family: string, parameter: string): boolean {
  if (/^(aurora-)?postgres/.test(family))
    return postgres.has(parameter) && !(parameter === reloadableFrom18 && isFrom18(family));
  return /^(aurora-)?mysql|^mariadb/.test(family) && mysql.has(parameter);
}
